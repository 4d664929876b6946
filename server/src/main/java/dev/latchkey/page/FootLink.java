package dev.latchkey.page;

import java.util.Locale;

/** The links that an operator may put into the foot of every page. */
public enum FootLink {
    TERMS("the terms of use"),
    PRIVACY("the privacy policy"),
    SUPPORT("help");

    private final String meaning;

    FootLink(String meaning) {
        this.meaning = meaning;
    }

    /** Names it in settings and texts. */
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    String meaning() {
        return meaning;
    }
}
