package dev.latchkey.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The one secret from which every sealing key is derived: 256 random bits. {@link #id()} may be shown and stored; the bytes
 * never leave this package.
 */
public final class MasterKey {
    static final int ID_BYTES = 8;
    private static final int KEY_BYTES = 32;
    private static final int LEAST_VALUES = 16;

    private final byte[] secret;
    private final byte[] id;

    private MasterKey(byte[] secret) {
        this.secret = secret;
        this.id = idOf(secret);
    }

    /** The key in Base64 text (either alphabet, padding optional), or empty where that is not 32 bytes. */
    public static Optional<MasterKey> parse(String base64) {
        String plain = base64.strip().replace('-', '+').replace('_', '/');
        try {
            byte[] secret = Base64.getDecoder().decode(plain);
            return secret.length == KEY_BYTES ? Optional.of(new MasterKey(secret)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static MasterKey of(byte[] secret) {
        if (secret.length != KEY_BYTES) {
            throw new IllegalArgumentException("a master key has " + KEY_BYTES + " bytes");
        }
        return new MasterKey(secret.clone());
    }

    /**
     * One-way: says which key it was and, of 256 random bits, nothing more. A plain digest, because this runs at every start and
     * the JVM's ciphers take 15 ms to load.
     */
    private static byte[] idOf(byte[] secret) {
        MessageDigest sha256 = TokenHash.sha256();
        sha256.update("latchkey/master-key-id/1".getBytes(StandardCharsets.US_ASCII));
        return Arrays.copyOf(sha256.digest(secret), ID_BYTES);
    }

    /** Which key this is: 16 hex digits. */
    public String id() {
        return idText(id);
    }

    static String idText(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    byte[] idBytes() {
        return id;
    }

    /**
     * Whether these may be random bytes: not a text, not few values over and over, not equal steps. Random bytes fail this less
     * than once in 10^10 times.
     */
    public boolean looksRandom() {
        Set<Byte> values = new HashSet<>();
        Set<Byte> steps = new HashSet<>();
        boolean text = true;
        for (int i = 0; i < secret.length; i++) {
            values.add(secret[i]);
            steps.add((byte) (secret[i] - secret[(i + 1) % secret.length]));
            text &= secret[i] >= ' ' && secret[i] <= '~';
        }
        return !text && values.size() >= LEAST_VALUES && steps.size() >= LEAST_VALUES;
    }

    byte[] derive(String label) {
        return Hkdf.derive(secret, label);
    }

    @Override
    public String toString() {
        return "MasterKey[" + id() + "]";
    }
}
