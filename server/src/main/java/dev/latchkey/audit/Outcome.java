package dev.latchkey.audit;

import java.util.Locale;

/** Whether what was tried came about. */
public enum Outcome {
    SUCCESS,
    FAILURE;

    /** As stored and shown: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
