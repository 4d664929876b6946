package dev.latchkey.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One key an operator may set: its type, default, meaning and the names it answers to. Keys are dotted, lower case, words joined
 * by dashes ({@code token.access-ttl}); the environment name follows from the key ({@code LATCHKEY_TOKEN_ACCESS_TTL}).
 * Immutable: {@link #alias} and {@link #check} answer a changed copy.
 */
public final class Setting<T> {
    private final String key;
    private final String type;
    private final T defaultValue;
    private final String description;
    private final boolean secret;
    private final Function<String, T> parser;
    private final Function<T, String> printer;
    private final List<String> aliases;
    private final List<Rule<T>> rules;

    private record Rule<T>(Predicate<T> ok, String complaint) {}

    private Setting(
            String key,
            String type,
            T defaultValue,
            String description,
            boolean secret,
            Function<String, T> parser,
            Function<T, String> printer,
            List<String> aliases,
            List<Rule<T>> rules) {
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.description = description;
        this.secret = secret;
        this.parser = parser;
        this.printer = printer;
        this.aliases = aliases;
        this.rules = rules;
    }

    private static <T> Setting<T> plain(
            String key,
            String type,
            T defaultValue,
            String description,
            Function<String, T> parser,
            Function<T, String> printer) {
        return new Setting<>(key, type, defaultValue, description, false, parser, printer, List.of(), List.of());
    }

    /** Written {@code 500ms}, {@code 30s}, {@code 15m}, {@code 12h} or {@code 7d}; a number without a unit is refused. */
    public static Setting<Duration> duration(String key, Duration defaultValue, String description) {
        return plain(key, "duration", defaultValue, description, DurationText::parse, DurationText::of);
    }

    /** Written {@code 64KiB}, {@code 1MiB}; a number without a unit is refused. */
    public static Setting<DataSize> size(String key, DataSize defaultValue, String description) {
        return plain(key, "size", defaultValue, description, DataSize::parse, DataSize::toString);
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public static Setting<Integer> integer(String key, int defaultValue, int min, int max, String description) {
        return plain(
                key,
                "integer " + min + " to " + max,
                defaultValue,
                description,
                text -> integer(text, min, max),
                String::valueOf);
    }

    public static Setting<Boolean> flag(String key, boolean defaultValue, String description) {
        return plain(key, "true or false", defaultValue, description, Setting::flag, String::valueOf);
    }

    /** The values are the enum's names in lower case with dashes: {@code INVITE_ONLY} is {@code invite-only}. */
    public static <E extends Enum<E>> Setting<E> choice(String key, E defaultValue, String description) {
        Class<E> type = defaultValue.getDeclaringClass();
        return plain(
                key, choices(type), defaultValue, description, text -> choice(type, text), value -> choiceName(value));
    }

    /** Free text; {@code ""} means unset. */
    public static Setting<String> text(String key, String defaultValue, String description) {
        return plain(key, "text", defaultValue, description, Function.identity(), Function.identity());
    }

    /**
     * Text that is never printed; {@code ""} means unset. May also be given as the path of a file that holds it, under the key
     * with {@code -file} after it ({@code LATCHKEY_…_FILE}).
     */
    public static Setting<String> secret(String key, String description) {
        return new Setting<>(
                key, "secret", "", description, true, Function.identity(), Function.identity(), List.of(), List.of());
    }

    /** A YAML list, or text with commas between. */
    public static Setting<List<String>> list(String key, List<String> defaultValue, String description) {
        return plain(
                key, "list", List.copyOf(defaultValue), description, Setting::list, values -> String.join(",", values));
    }

    /** One more environment name, taken as it stands (no prefix). The setting's own name wins over its aliases. */
    public Setting<T> alias(String environmentName) {
        return new Setting<>(
                key, type, defaultValue, description, secret, parser, printer, with(aliases, environmentName), rules);
    }

    /**
     * One more rule for values that were given; the default is trusted.
     *
     * @param complaint completes "&lt;key&gt; …", such as "must be an https URL"
     */
    public Setting<T> check(Predicate<T> ok, String complaint) {
        return new Setting<>(
                key,
                type,
                defaultValue,
                description,
                secret,
                parser,
                printer,
                aliases,
                with(rules, new Rule<>(ok, complaint)));
    }

    public String key() {
        return key;
    }

    /** What a value looks like, for people. */
    public String type() {
        return type;
    }

    public T defaultValue() {
        return defaultValue;
    }

    public String description() {
        return description;
    }

    public boolean isSecret() {
        return secret;
    }

    public List<String> aliases() {
        return aliases;
    }

    public String environmentName() {
        return environmentName(key);
    }

    /** Whether setting it gives up a protection: a part of the key starts with {@code danger_}. */
    public boolean isDanger() {
        return key.startsWith("danger_") || key.contains(".danger_");
    }

    static String environmentName(String key) {
        return "LATCHKEY_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The value as an operator would write it; a secret's too, so the caller decides who may see it. */
    String print(T value) {
        return printer.apply(value);
    }

    /** @throws IllegalArgumentException with the complaint, to be put behind the key's name */
    T parse(String text) {
        T value = parser.apply(text.strip());
        for (Rule<T> rule : rules) {
            if (!rule.ok.test(value)) {
                throw new IllegalArgumentException(rule.complaint);
            }
        }
        return value;
    }

    private static int integer(String text, int min, int max) {
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number from " + min + " to " + max, e);
        }
        throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String text) {
        for (E value : type.getEnumConstants()) {
            if (choiceName(value).equalsIgnoreCase(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException("must be " + choices(type));
    }

    private static <E extends Enum<E>> String choices(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(Setting::choiceName)
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    private static String choiceName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> list(String text) {
        List<String> values = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                values.add(part.strip());
            }
        }
        return List.copyOf(values);
    }

    private static <E> List<E> with(List<E> list, E added) {
        List<E> longer = new ArrayList<>(list);
        longer.add(added);
        return List.copyOf(longer);
    }

    @Override
    public String toString() {
        return "Setting[" + key + "]";
    }
}
