package dev.latchkey.e2e;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An app that shows six digits (RFC 6238). It never shows the same twice: a server takes each once, and so it looks ahead. */
final class AuthenticatorApp {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int PERIOD_SECONDS = 30;

    private final byte[] seed;
    private long shown;

    /** @param key as pages show it, in groups */
    AuthenticatorApp(String key) {
        this.seed = decoded(key.replace(" ", ""));
    }

    /** The next code. The second one within half a minute is of the period to come, which servers take too. */
    String code() {
        long now = Instant.now().getEpochSecond() / PERIOD_SECONDS;
        shown = Math.max(now, shown + 1);
        if (shown > now + 1) {
            throw new IllegalStateException("three codes within a minute: the server would refuse the third");
        }
        return code(shown);
    }

    private String code(long period) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(period).array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xF) & 0x7FFF_FFFF;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA1", e);
        }
    }

    private static byte[] decoded(String key) {
        ByteBuffer bytes = ByteBuffer.allocate(key.length() * 5 / 8);
        int held = 0;
        int bits = 0;
        for (int i = 0; i < key.length(); i++) {
            held = (held << 5 | BASE32.indexOf(key.charAt(i))) & 0xFFFF;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (held >> bits));
            }
        }
        return bytes.array();
    }
}
