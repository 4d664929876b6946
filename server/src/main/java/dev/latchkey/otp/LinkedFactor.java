package dev.latchkey.otp;

/**
 * The second factor that a link is about.
 *
 * @param kind such as {@code passkey}
 * @param id empty for kinds of which a user has one
 */
public record LinkedFactor(String kind, String id) {}
