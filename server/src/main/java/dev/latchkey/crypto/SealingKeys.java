package dev.latchkey.crypto;

import java.util.EnumMap;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/** The keys derived from one master key, each derived once. */
final class SealingKeys {
    private final MasterKey master;
    private final byte[] hashKey;
    private final Map<SealPurpose, byte[]> purposeKeys = new EnumMap<>(SealPurpose.class);

    SealingKeys(MasterKey master) {
        this.master = master;
        this.hashKey = master.derive("latchkey/keyed-hash/1");
        for (SealPurpose purpose : SealPurpose.values()) {
            purposeKeys.put(purpose, master.derive("latchkey/seal/1/" + purpose.label()));
        }
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
        return new SecretKeySpec(hashKey, "HmacSHA256");
    }

    private byte[] purposeKey(SealPurpose purpose) {
        byte[] key = purposeKeys.get(purpose);
        if (key == null) {
            throw new IllegalStateException("no key for " + purpose);
        }
        return key;
    }
}
