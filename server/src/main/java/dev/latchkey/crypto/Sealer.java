package dev.latchkey.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values for storage with AES-256-GCM under keys derived from the master key, one per purpose. Associated data ties a value
 * to its place, {@code tenant|table|column|row}: moved anywhere else it does not open. Thread-safe.
 *
 * <p>A sealed value is {@code version (1 byte) || master key id (8) || nonce (12) || ciphertext and tag}; version and key id are
 * authenticated too. Nonces are random, which NIST SP 800-38D section 8.3 allows for 2^32 values under one key.
 */
public final class Sealer {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int NONCE_AT = 1 + MasterKey.ID_BYTES;
    private static final int CIPHERTEXT_AT = NONCE_AT + NONCE_BYTES;
    private static final int USER_SALT_BYTES = 32;

    private final Secrets secrets;
    private final SealingKeys current;
    private final List<SealingKeys> accepted;

    /**
     * @param current seals
     * @param previous still open what they sealed, until it is resealed
     */
    public Sealer(Secrets secrets, MasterKey current, List<MasterKey> previous) {
        this.secrets = secrets;
        this.current = new SealingKeys(current);
        List<SealingKeys> all = new ArrayList<>(List.of(this.current));
        previous.forEach(key -> all.add(new SealingKeys(key)));
        this.accepted = List.copyOf(all);
    }

    public byte[] seal(SealPurpose purpose, String associatedData, byte[] plain) {
        return seal(current.forPurpose(purpose), associatedData, plain);
    }

    /** @throws SealBrokenException when {@code blob} was not sealed with exactly these arguments under an accepted master key */
    public byte[] open(SealPurpose purpose, String associatedData, byte[] blob) {
        return open(keysOf(blob).forPurpose(purpose), associatedData, blob);
    }

    /** Under a key of this user alone: once {@code userSalt} (32 random bytes) is erased, nothing opens it again. */
    public byte[] sealFor(byte[] userSalt, SealPurpose purpose, String associatedData, byte[] plain) {
        return seal(current.forUser(purpose, checkedSalt(userSalt)), associatedData, plain);
    }

    /** @throws SealBrokenException when {@code blob} was not sealed with exactly these arguments under an accepted master key */
    public byte[] openFor(byte[] userSalt, SealPurpose purpose, String associatedData, byte[] blob) {
        return open(keysOf(blob).forUser(purpose, checkedSalt(userSalt)), associatedData, blob);
    }

    /** Whether {@code blob} is under an older master key and should be opened and sealed again. */
    public boolean isStale(byte[] blob) {
        return keysOf(blob) != current;
    }

    /** The id of the master key that seals, as in {@link MasterKey#id()}. */
    public String keyId() {
        return current.master().id();
    }

    /**
     * A hash that only this server can make, for what is too short or too guessable for a plain one: identifiers, codes.
     * HMAC-SHA-256 over {@code kind || 0 || text}, 43 base64url characters. Changes with the master key: to look up what may
     * have been stored before that, use {@link #keyedHashes}.
     */
    public String keyedHash(String kind, String text) {
        return keyedHash(current, kind, text);
    }

    /** The hashes under every accepted master key, the current one first. */
    public List<String> keyedHashes(String kind, String text) {
        return accepted.stream().map(keys -> keyedHash(keys, kind, text)).toList();
    }

    /** Whether {@code stored} is a keyed hash of {@code text} under an accepted master key; takes the same time wherever they differ. */
    public boolean matchesKeyedHash(String kind, String text, String stored) {
        byte[] expected = stored.getBytes(StandardCharsets.US_ASCII);
        boolean matches = false;
        for (SealingKeys keys : accepted) {
            matches |=
                    MessageDigest.isEqual(expected, keyedHash(keys, kind, text).getBytes(StandardCharsets.US_ASCII));
        }
        return matches;
    }

    private byte[] seal(SecretKeySpec key, String associatedData, byte[] plain) {
        byte[] blob = new byte[CIPHERTEXT_AT + plain.length + TAG_BITS / Byte.SIZE];
        blob[0] = VERSION;
        System.arraycopy(current.master().idBytes(), 0, blob, 1, MasterKey.ID_BYTES);
        System.arraycopy(secrets.bytes(NONCE_BYTES), 0, blob, NONCE_AT, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, key, associatedData, blob).doFinal(plain, 0, plain.length, blob, CIPHERTEXT_AT);
            return blob;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES-GCM", e);
        }
    }

    private static byte[] open(SecretKeySpec key, String associatedData, byte[] blob) {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, associatedData, blob)
                    .doFinal(blob, CIPHERTEXT_AT, blob.length - CIPHERTEXT_AT);
        } catch (AEADBadTagException e) {
            throw new SealBrokenException("a sealed value does not open: it was changed or is not in its place");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, String associatedData, byte[] blob)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, blob, NONCE_AT, NONCE_BYTES));
        cipher.updateAAD(blob, 0, NONCE_AT);
        cipher.updateAAD(associatedData.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private SealingKeys keysOf(byte[] blob) {
        if (blob.length < CIPHERTEXT_AT + TAG_BITS / Byte.SIZE || blob[0] != VERSION) {
            throw new SealBrokenException("a sealed value does not open: it is not in a known format");
        }
        for (SealingKeys keys : accepted) {
            if (ByteBuffer.wrap(keys.master().idBytes()).equals(ByteBuffer.wrap(blob, 1, MasterKey.ID_BYTES))) {
                return keys;
            }
        }
        String id = MasterKey.idText(Arrays.copyOfRange(blob, 1, NONCE_AT));
        throw new SealBrokenException("a sealed value does not open: it needs the master key " + id
                + ". Add that key to master-key-previous");
    }

    private static byte[] checkedSalt(byte[] userSalt) {
        // An erased salt must never become the key of all erased users.
        if (userSalt.length != USER_SALT_BYTES) {
            throw new SealBrokenException("the user's data key was erased");
        }
        return userSalt;
    }

    private static String keyedHash(SealingKeys keys, String kind, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.forHashing());
            mac.update(kind.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
