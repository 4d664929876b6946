package dev.latchkey.jose;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The claims of a token whose signature was checked. A claim of another type than asked for counts as malformed, not as absent. */
public final class Claims {
    private final Map<String, Object> members;

    Claims(Map<String, Object> members) {
        this.members = members;
    }

    /** @throws MalformedTokenException when it is no string */
    public Optional<String> text(String name) {
        return typed(name, String.class);
    }

    /** @throws MalformedTokenException when it is no whole number of 64 bits */
    public OptionalLong number(String name) {
        Optional<Long> value = typed(name, Long.class);
        return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
    }

    /**
     * A NumericDate (RFC 7519 section 2), in whole seconds.
     *
     * @throws MalformedTokenException when it is none
     */
    public Optional<Instant> time(String name) {
        try {
            return typed(name, Long.class).map(Instant::ofEpochSecond);
        } catch (DateTimeException e) {
            throw new MalformedTokenException("claim " + name + " is no time");
        }
    }

    /**
     * One string or a list of them, as {@code aud} may be (RFC 7519 section 4.1.3); absent is an empty list.
     *
     * @throws MalformedTokenException when it is neither
     */
    public List<String> texts(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String text) {
            return List.of(text);
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new MalformedTokenException("claim " + name + " is no list of strings");
    }

    private <T> Optional<T> typed(String name, Class<T> type) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new MalformedTokenException("claim " + name + " has the wrong type");
        }
        return Optional.of(type.cast(value));
    }
}
