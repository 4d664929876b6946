package dev.latchkey.passkey;

/** The answer to a wish to register. */
public sealed interface RegistrationStart {
    /** @param sessionId to be sent back beside the browser's answer; a bearer secret until then */
    record Started(String sessionId, CreationOptions options) implements RegistrationStart {
        @Override
        public String toString() {
            return "Started[redacted]";
        }
    }

    /** The user has as many passkeys as one may; removing one makes room. */
    record TooMany(int limit) implements RegistrationStart {}
}
