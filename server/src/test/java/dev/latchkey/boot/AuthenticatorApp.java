package dev.latchkey.boot;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator application as users have one: six digits of RFC 6238 with SHA-1, by the test's clock. */
public record AuthenticatorApp(String secret, Clock clock) {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** What it shows now. */
    public String code() {
        return code(0);
    }

    /** What it shows so many steps of 30 s later. */
    public String code(int steps) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(seed(), "HmacSHA1"));
            long step = clock.instant().getEpochSecond() / 30 + steps;
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xF;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFFFFFF;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] seed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int bits = 0;
        int held = 0;
        for (int i = 0; i < secret.length(); i++) {
            held = held << 5 | BASE32.indexOf(secret.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(held >> bits & 0xFF);
            }
        }
        return bytes.toByteArray();
    }
}
