package dev.latchkey.page;

import java.util.List;
import java.util.Locale;

/**
 * The languages this server offers.
 *
 * @param offered at least one; the first is for readers who ask for none of them
 */
public record Languages(List<Language> offered) {
    /** All there are, English first. */
    public static final Languages ALL = new Languages(List.of(Language.values()));

    /** @throws IllegalArgumentException for none */
    public Languages {
        offered = List.copyOf(offered);
        if (offered.isEmpty()) {
            throw new IllegalArgumentException("a server speaks at least one language");
        }
    }

    public Language best(Locale wished) {
        return Language.of(wished).filter(offered::contains).orElse(offered.getFirst());
    }

    /** @param wished language tags, best first */
    public Language best(List<String> wished) {
        for (String tag : wished) {
            Language language = best(Locale.forLanguageTag(tag));
            if (language.tag().equals(Locale.forLanguageTag(tag).getLanguage())) {
                return language;
            }
        }
        return offered.getFirst();
    }
}
