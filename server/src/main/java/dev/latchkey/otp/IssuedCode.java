package dev.latchkey.otp;

import java.time.Instant;

/**
 * What to send. Where nobody was to be found it is made all the same and sent to nobody.
 *
 * @param code six digits
 * @param linkSecret for the link in the same mail, 43 base64url characters; not sent where the channel has no links
 * @param expiresAt of both
 */
public record IssuedCode(String code, String linkSecret, Instant expiresAt) {
    // A record's own would show the code.
    @Override
    public String toString() {
        return "IssuedCode[redacted]";
    }
}
