package dev.latchkey.totp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes the codes of one seed and finds the step that a code belongs to (RFC 6238 section 4). */
final class TotpGenerator {
    static final Duration STEP = Duration.ofSeconds(30);

    private final Mac mac;
    private final int digits;

    TotpGenerator(TotpAlgorithm algorithm, byte[] seed, int digits) {
        this.digits = digits;
        try {
            this.mac = Mac.getInstance(algorithm.macName());
            mac.init(new SecretKeySpec(seed, algorithm.macName()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + algorithm.macName(), e);
        }
    }

    static long stepAt(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), STEP.toSeconds());
    }

    /** The code of a step, with leading zeros (RFC 4226 section 5.3). */
    String code(long step) {
        byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        int at = hash[hash.length - 1] & 0x0F;
        int truncated = ByteBuffer.wrap(hash, at, Integer.BYTES).getInt() & Integer.MAX_VALUE;
        int modulus = (int) Math.pow(10, digits);
        String number = Integer.toString(truncated % modulus);
        return "0".repeat(digits - number.length()) + number;
    }

    /** The newest step within the window around {@code now} that has this code. Takes the same time wherever it is found. */
    OptionalLong match(String code, long now, int window) {
        byte[] given = code.getBytes(StandardCharsets.UTF_8);
        OptionalLong found = OptionalLong.empty();
        for (long step = now - window; step <= now + window; step++) {
            if (MessageDigest.isEqual(given, code(step).getBytes(StandardCharsets.UTF_8))) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }
}
