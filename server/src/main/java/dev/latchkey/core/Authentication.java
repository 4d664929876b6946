package dev.latchkey.core;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * When and how a user proved who they are.
 *
 * @param at the last proof ({@code auth_time})
 * @param methods the values of {@code amr} (RFC 8176 section 2), such as {@code pwd}, {@code otp}, {@code swk}; {@link #MULTIPLE}
 *     among them once two different factors were proved
 */
public record Authentication(Instant at, Set<String> methods) {
    /** More than one factor was proved. */
    public static final String MULTIPLE = "mfa";

    public Authentication {
        methods = Set.copyOf(methods);
    }

    /** From its {@link #stored} form: the methods, separated by spaces. */
    public static Authentication of(Instant at, String stored) {
        return new Authentication(at, Set.copyOf(Arrays.asList(stored.split(" "))));
    }

    public boolean multipleFactors() {
        return methods.contains(MULTIPLE);
    }

    /** The value of {@code acr}: {@code 2} for more than one factor, else {@code 1}. */
    public String contextClass() {
        return multipleFactors() ? "2" : "1";
    }

    /** The methods in order, separated by spaces. */
    public String stored() {
        return stored(methods);
    }

    /** Methods in order, separated by spaces. */
    public static String stored(Set<String> methods) {
        return methods.size() == 1 ? methods.iterator().next() : String.join(" ", new TreeSet<>(methods));
    }
}
