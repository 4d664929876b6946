package dev.latchkey.crypto;

import java.util.Map;
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

    /** What was kept of a master key that is gone: the keys of some purposes. */
    static SealingKeys kept(byte[] id, Map<SealPurpose, Supplier<byte[]>> keys) {
        return new SealingKeys(
                id,
                label -> keys.entrySet().stream()
                        .filter(key -> label(key.getKey()).equals(label))
                        .map(key -> key.getValue().get())
                        .findFirst()
                        .orElseThrow(() -> Sealer.missing(id)));
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

    byte[] purposeKey(SealPurpose purpose) {
        return key(label(purpose));
    }

    private byte[] key(String label) {
        return byLabel.computeIfAbsent(label, source);
    }

    private static String label(SealPurpose purpose) {
        return "latchkey/seal/1/" + purpose.label();
    }
}
