package dev.latchkey.passkey;

/** @param sessionId to be sent back beside the browser's answer; a bearer secret until then */
public record AuthenticationStart(String sessionId, RequestOptions options) {
    @Override
    public String toString() {
        return "AuthenticationStart[redacted]";
    }
}
