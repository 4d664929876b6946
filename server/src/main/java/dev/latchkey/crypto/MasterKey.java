package dev.latchkey.crypto;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The one secret from which every sealing key is derived: 256 random bits. {@link #id()} may be shown and stored; the bytes
 * never leave this package.
 */
public final class MasterKey {
    static final int ID_BYTES = 8;
    private static final int KEY_BYTES = 32;

    private final byte[] secret;
    private final byte[] id;

    private MasterKey(byte[] secret) {
        this.secret = secret;
        // One-way: the id says which key it was and nothing about it.
        this.id = Arrays.copyOf(Hkdf.derive(secret, "latchkey/master-key-id/1"), ID_BYTES);
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

    byte[] derive(String label) {
        return Hkdf.derive(secret, label);
    }

    @Override
    public String toString() {
        return "MasterKey[" + id() + "]";
    }
}
