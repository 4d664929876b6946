package dev.latchkey.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A language to choose in a form.
 *
 * @param tag what the form sends, as in an HTML {@code lang} attribute
 * @param name what its speakers call it
 */
public record LanguageOption(String tag, String name, boolean chosen) {
    /** The languages on offer; before them what was chosen elsewhere and is none of them, lest saving the form lose it. */
    static List<LanguageOption> of(Languages languages, String chosen) {
        List<LanguageOption> options = new ArrayList<>();
        for (Language language : languages.offered()) {
            options.add(new LanguageOption(
                    language.tag(), language.ownName(), language.tag().equals(chosen)));
        }
        if (!chosen.isEmpty() && options.stream().noneMatch(LanguageOption::chosen)) {
            options.addFirst(new LanguageOption(chosen, ownName(chosen), true));
        }
        return List.copyOf(options);
    }

    private static String ownName(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        String name = locale.getDisplayName(locale);
        return name.isEmpty() ? tag : name;
    }
}
