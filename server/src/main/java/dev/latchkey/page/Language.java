package dev.latchkey.page;

import java.util.Locale;
import java.util.Optional;

/** The languages that pages, mails and text messages are written in. */
public enum Language {
    ENGLISH("en", "English", false),
    GERMAN("de", "Deutsch", false),
    SPANISH("es", "Español", false),
    FRENCH("fr", "Français", false),
    JAPANESE("ja", "日本語", false),
    ARABIC("ar", "العربية", true);

    private final String tag;
    private final String ownName;
    private final boolean rightToLeft;

    Language(String tag, String ownName, boolean rightToLeft) {
        this.tag = tag;
        this.ownName = ownName;
        this.rightToLeft = rightToLeft;
    }

    /** As in an HTML {@code lang} attribute. */
    public String tag() {
        return tag;
    }

    /** What its speakers call it. */
    public String ownName() {
        return ownName;
    }

    /** As in an HTML {@code dir} attribute. */
    public String direction() {
        return rightToLeft ? "rtl" : "ltr";
    }

    /** Japanese writes one sentence after the other without a space. */
    String betweenSentences() {
        return this == JAPANESE ? "" : " ";
    }

    public Locale locale() {
        return Locale.forLanguageTag(tag);
    }

    /** The language of a locale, whatever its region. */
    public static Optional<Language> of(Locale locale) {
        for (Language language : values()) {
            if (language.tag.equals(locale.getLanguage())) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }
}
