package dev.latchkey.config;

import java.util.List;

/** The configuration cannot be used. Carries every problem found, each a sentence that starts with what it is about. */
public final class SettingsException extends RuntimeException {
    private final List<String> problems;

    public SettingsException(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
