package dev.latchkey.human;

import dev.latchkey.crypto.Sealer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was asked of a client, carried by the client itself and signed, so that no node keeps it:
 * {@code pow1.<content, base64url>.<keyed hash>}.
 *
 * @param waitUntil from when on it may be answered unsolved
 */
record WorkChallenge(
        String purpose,
        String tenant,
        String generation,
        String seed,
        int puzzles,
        int bits,
        Instant waitUntil,
        Instant expiresAt) {
    static final String PREFIX = "pow1.";
    private static final String HASH_KIND = "human-check";
    private static final int PARTS = 8;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern BAR = Pattern.compile("|", Pattern.LITERAL);

    /** As the client is given it. */
    String signed(Sealer sealer) {
        String content = String.join(
                "|",
                purpose,
                tenant,
                generation,
                seed,
                Integer.toString(puzzles),
                Integer.toString(bits),
                Long.toString(waitUntil.toEpochMilli()),
                Long.toString(expiresAt.toEpochMilli()));
        return PREFIX
                + ENCODER.encodeToString(content.getBytes(StandardCharsets.UTF_8))
                + '.'
                + sealer.keyedHash(HASH_KIND, content);
    }

    /** Reads what this server signed; empty for anything else. */
    static Optional<WorkChallenge> read(String text, Sealer sealer) {
        int dot = text.lastIndexOf('.');
        if (!text.startsWith(PREFIX) || dot < PREFIX.length()) {
            return Optional.empty();
        }
        try {
            String content = new String(
                    Base64.getUrlDecoder().decode(text.substring(PREFIX.length(), dot)), StandardCharsets.UTF_8);
            return sealer.matchesKeyedHash(HASH_KIND, content, text.substring(dot + 1))
                    ? Optional.of(parse(content))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static WorkChallenge parse(String content) {
        String[] parts = BAR.split(content, PARTS);
        return new WorkChallenge(
                parts[0],
                parts[1],
                parts[2],
                parts[3],
                Integer.parseInt(parts[4]),
                Integer.parseInt(parts[5]),
                Instant.ofEpochMilli(Long.parseLong(parts[6])),
                Instant.ofEpochMilli(Long.parseLong(parts[7])));
    }
}
