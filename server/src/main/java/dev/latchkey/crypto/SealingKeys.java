package dev.latchkey.crypto;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;

/** The keys that come from one master key, each made when first used and kept. */
final class SealingKeys {
    private static final String HASHING = "latchkey/keyed-hash/1";

    private final byte[] id;
    private final Function<String, byte[]> source;
    private final ConcurrentMap<String, byte[]> byLabel = new ConcurrentHashMap<>();

    private SealingKeys(byte[] id, Function<String, byte[]> source) {
        this.id = id;
        this.source = source;
    }

    static SealingKeys of(MasterKey master) {
        return new SealingKeys(master.idBytes(), master::derive);
    }

    /** What {@link #toKeep} answered for a master key that is gone. */
    static SealingKeys kept(byte[] id, Supplier<byte[]> keys) {
        return new SealingKeys(id, label -> {
            if (label.equals(label(SealPurpose.AUDIT))) {
                return Arrays.copyOf(keys.get(), Hkdf.KEY_BYTES);
            }
            if (label.equals(HASHING)) {
                return Arrays.copyOfRange(keys.get(), Hkdf.KEY_BYTES, 2 * Hkdf.KEY_BYTES);
            }
            throw Sealer.missing(id);
        });
    }

    /** The key of the audit trail, then the key of keyed hashes. */
    byte[] toKeep() {
        byte[] both = Arrays.copyOf(purposeKey(SealPurpose.AUDIT), 2 * Hkdf.KEY_BYTES);
        System.arraycopy(key(HASHING), 0, both, Hkdf.KEY_BYTES, Hkdf.KEY_BYTES);
        return both;
    }

    byte[] id() {
        return id;
    }

    SecretKeySpec forPurpose(SealPurpose purpose) {
        return new SecretKeySpec(purposeKey(purpose), "AES");
    }

    /** Not kept: a key that outlives its erased salt in memory would undo the erasure. */
    SecretKeySpec forUser(SealPurpose purpose, byte[] userSalt) {
        return new SecretKeySpec(Hkdf.derive(purposeKey(purpose), userSalt, "latchkey/user/1"), "AES");
    }

    SecretKeySpec forHashing() {
        return new SecretKeySpec(key(HASHING), "HmacSHA256");
    }

    private byte[] purposeKey(SealPurpose purpose) {
        return key(label(purpose));
    }

    private byte[] key(String label) {
        return byLabel.computeIfAbsent(label, source);
    }

    private static String label(SealPurpose purpose) {
        return "latchkey/seal/1/" + purpose.label();
    }
}
