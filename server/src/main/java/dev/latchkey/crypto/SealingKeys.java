package dev.latchkey.crypto;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.spec.SecretKeySpec;

/** The keys derived from one master key, each derived when first used and kept. */
final class SealingKeys {
    private final MasterKey master;
    private final ConcurrentMap<String, byte[]> byLabel = new ConcurrentHashMap<>();

    SealingKeys(MasterKey master) {
        this.master = master;
    }

    MasterKey master() {
        return master;
    }

    SecretKeySpec forPurpose(SealPurpose purpose) {
        return new SecretKeySpec(purposeKey(purpose), "AES");
    }

    /** Not kept: a key that outlives its erased salt in memory would undo the erasure. */
    SecretKeySpec forUser(SealPurpose purpose, byte[] userSalt) {
        return new SecretKeySpec(Hkdf.derive(purposeKey(purpose), userSalt, "latchkey/user/1"), "AES");
    }

    SecretKeySpec forHashing() {
        return new SecretKeySpec(key("latchkey/keyed-hash/1"), "HmacSHA256");
    }

    private byte[] purposeKey(SealPurpose purpose) {
        return key("latchkey/seal/1/" + purpose.label());
    }

    private byte[] key(String label) {
        return byLabel.computeIfAbsent(label, master::derive);
    }
}
