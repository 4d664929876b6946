package dev.latchkey.grant;

/**
 * A refresh token as a client sent it.
 *
 * @param device what the client's device is known by; a repetition within the grace period must come from the same one
 */
public record Presented(String token, String device) {
    @Override
    public String toString() {
        return "Presented[redacted]";
    }
}
