package dev.latchkey.grant;

/** How presenting a refresh token ended. Every case commits: a refusal leaves its trace. */
public sealed interface Rotation {
    /** The token was the current one; {@code refreshToken} takes its place. */
    record Rotated(RefreshFamily family, String refreshToken) implements Rotation {
        @Override
        public String toString() {
            return "Rotated[redacted]";
        }
    }

    /** A token of a live family that is not its current one. The caller ends the session. */
    record Reused(RefreshFamily family) implements Rotation {}

    /** The family was ended before, by logout or by an event. */
    record Ended(RefreshFamily family) implements Rotation {}

    record Expired(RefreshFamily family) implements Rotation {}

    /** No family answers to it. */
    record Unknown() implements Rotation {}
}
