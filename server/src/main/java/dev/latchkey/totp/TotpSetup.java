package dev.latchkey.totp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person needs to set an authenticator app up; shown once.
 *
 * @param secret the seed in Base32
 * @param otpauthUrl the same with all an app must know, for the QR code
 * @param lifetime within which the first code must arrive
 */
public record TotpSetup(String secret, String otpauthUrl, Duration lifetime) {
    private static final int GROUP = 4;

    /** The secret in groups of four characters, for those who type it. */
    public List<String> groups() {
        List<String> groups = new ArrayList<>();
        for (int at = 0; at < secret.length(); at += GROUP) {
            groups.add(secret.substring(at, Math.min(at + GROUP, secret.length())));
        }
        return List.copyOf(groups);
    }

    /** The {@link #otpauthUrl} to be scanned. */
    public QrCode qrCode() {
        return QrCode.of(otpauthUrl);
    }

    // A record's own would show the secret.
    @Override
    public String toString() {
        return "TotpSetup[redacted]";
    }
}
