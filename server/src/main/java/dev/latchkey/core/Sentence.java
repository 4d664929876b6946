package dev.latchkey.core;

import java.util.Map;

/**
 * What is told to whoever reads it.
 *
 * @param key names it in every language; pages look it up among their texts
 * @param english what programs get, and readers of a language that lacks it
 * @param values what it names, such as a time or a number, by name
 */
public record Sentence(String key, String english, Map<String, String> values) {
    /** The value that is a time, as {@link java.time.Instant#toString()}. */
    public static final String TIME = "time";

    public Sentence {
        values = Map.copyOf(values);
    }
}
