package dev.latchkey.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
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
    private final List<SealingKeys> known;
    private volatile List<SealingKeys> kept = List.of();
    private volatile SealingKeys current;

    /**
     * @param current seals, until {@link #sealWith} names another
     * @param others open what they sealed, and can be told to seal
     */
    public Sealer(Secrets secrets, MasterKey current, List<MasterKey> others) {
        this.secrets = secrets;
        this.known = Stream.concat(Stream.of(current), others.stream())
                .map(SealingKeys::of)
                .toList();
        this.current = known.getFirst();
    }

    public byte[] seal(SealPurpose purpose, String associatedData, byte[] plain) {
        SealingKeys keys = current;
        return seal(keys, keys.forPurpose(purpose), associatedData, plain);
    }

    /** @throws SealBrokenException when {@code blob} was not sealed with exactly these arguments under an accepted master key */
    public byte[] open(SealPurpose purpose, String associatedData, byte[] blob) {
        return open(keysOfBlob(blob).forPurpose(purpose), associatedData, blob);
    }

    /** Under a key of this user alone: once {@code userSalt} (32 random bytes) is erased, nothing opens it again. */
    public byte[] sealFor(byte[] userSalt, SealPurpose purpose, String associatedData, byte[] plain) {
        SealingKeys keys = current;
        return seal(keys, keys.forUser(purpose, checkedSalt(userSalt)), associatedData, plain);
    }

    /** @throws SealBrokenException when {@code blob} was not sealed with exactly these arguments under an accepted master key */
    public byte[] openFor(byte[] userSalt, SealPurpose purpose, String associatedData, byte[] blob) {
        return open(keysOfBlob(blob).forUser(purpose, checkedSalt(userSalt)), associatedData, blob);
    }

    /** The same value under the key that seals now; {@link SealBrokenException} as for {@link #open}. */
    public byte[] reseal(SealPurpose purpose, String associatedData, byte[] blob) {
        return seal(purpose, associatedData, open(purpose, associatedData, blob));
    }

    /** The same under the user's key; {@link SealBrokenException} as for {@link #openFor}. */
    public byte[] resealFor(byte[] userSalt, SealPurpose purpose, String associatedData, byte[] blob) {
        return sealFor(userSalt, purpose, associatedData, openFor(userSalt, purpose, associatedData, blob));
    }

    /** Whether {@code blob} is under another master key than the one that seals now. */
    public boolean isStale(byte[] blob) {
        return keysOfBlob(blob) != current;
    }

    /** What every value that is sealed now begins with: a value that does not is stale. */
    public byte[] prefix() {
        byte[] prefix = new byte[NONCE_AT];
        prefix[0] = VERSION;
        System.arraycopy(current.id(), 0, prefix, 1, MasterKey.ID_BYTES);
        return prefix;
    }

    /** The id of the master key that seals, as in {@link MasterKey#id()}. */
    public String keyId() {
        return MasterKey.idText(current.id());
    }

    /** The id of the master key this sealer was made to seal with in the end, whichever does now. */
    public String wantedKeyId() {
        return MasterKey.idText(known.getFirst().id());
    }

    /** Whether this sealer has the whole master key with this id. */
    public boolean knows(String keyId) {
        return known.stream().anyMatch(keys -> MasterKey.idText(keys.id()).equals(keyId));
    }

    /**
     * Seals with this master key from now on.
     *
     * @throws IllegalArgumentException when it is not {@linkplain #knows known}
     */
    public void sealWith(String keyId) {
        current = known(keyId);
    }

    /**
     * What goes on being needed of a former master key, sealed under {@code underId}: the key that opens the audit trail, which
     * nobody may rewrite, and the one of keyed hashes, whose texts nobody knows.
     *
     * @throws SealBrokenException when neither that master key nor what was kept of it is known
     */
    public byte[] keep(String formerId, String underId) {
        SealingKeys under = known(underId);
        byte[] kept = keysOf(HexFormat.of().parseHex(formerId)).toKeep();
        return seal(under, under.forPurpose(SealPurpose.KEPT_KEYS), placeOfKept(formerId), kept);
    }

    /** Makes what {@link #keep} answered serve as its master key did. It is opened itself when first needed. */
    public void accept(String formerId, byte[] sealedKeys) {
        SealingKeys former = SealingKeys.kept(
                HexFormat.of().parseHex(formerId),
                () -> open(SealPurpose.KEPT_KEYS, placeOfKept(formerId), sealedKeys));
        kept = Stream.concat(kept.stream(), Stream.of(former)).toList();
    }

    /**
     * A hash that only this server can make, for what is too short or too guessable for a plain one: identifiers, codes.
     * HMAC-SHA-256 over {@code kind || 0 || text}, 43 base64url characters. Changes with the master key: to look up what may
     * have been stored before that, use {@link #keyedHashes}.
     */
    public String keyedHash(String kind, String text) {
        return keyedHash(current, kind, text);
    }

    /** The hashes under this and every former master key, the current one first. */
    public List<String> keyedHashes(String kind, String text) {
        return all().map(keys -> keyedHash(keys, kind, text)).toList();
    }

    /** Whether {@code stored} is a keyed hash of {@code text} under this or a former master key; takes the same time wherever they differ. */
    public boolean matchesKeyedHash(String kind, String text, String stored) {
        byte[] expected = stored.getBytes(StandardCharsets.US_ASCII);
        boolean matches = false;
        for (String hash : keyedHashes(kind, text)) {
            matches |= MessageDigest.isEqual(expected, hash.getBytes(StandardCharsets.US_ASCII));
        }
        return matches;
    }

    private byte[] seal(SealingKeys keys, SecretKeySpec key, String associatedData, byte[] plain) {
        byte[] blob = new byte[CIPHERTEXT_AT + plain.length + TAG_BITS / Byte.SIZE];
        blob[0] = VERSION;
        System.arraycopy(keys.id(), 0, blob, 1, MasterKey.ID_BYTES);
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

    private SealingKeys keysOfBlob(byte[] blob) {
        if (blob.length < CIPHERTEXT_AT + TAG_BITS / Byte.SIZE || blob[0] != VERSION) {
            throw new SealBrokenException("a sealed value does not open: it is not in a known format");
        }
        return keysOf(Arrays.copyOfRange(blob, 1, NONCE_AT));
    }

    private SealingKeys keysOf(byte[] id) {
        // One allocation less than a stream: this runs for every value that is opened.
        for (SealingKeys keys : known) {
            if (Arrays.equals(keys.id(), id)) {
                return keys;
            }
        }
        for (SealingKeys keys : kept) {
            if (Arrays.equals(keys.id(), id)) {
                return keys;
            }
        }
        throw missing(id);
    }

    private SealingKeys known(String keyId) {
        return known.stream()
                .filter(keys -> MasterKey.idText(keys.id()).equals(keyId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the master key " + keyId + " is not known here"));
    }

    static SealBrokenException missing(byte[] id) {
        return new SealBrokenException("a sealed value does not open: it needs the master key " + MasterKey.idText(id)
                + ". Add that key to master-key-previous");
    }

    private static String placeOfKept(String formerId) {
        return "former_master_key|sealed_keys|" + formerId;
    }

    /** The current one first. */
    private Stream<SealingKeys> all() {
        SealingKeys first = current;
        return Stream.concat(
                Stream.of(first),
                Stream.concat(known.stream(), kept.stream().filter(former -> !isKnown(former)))
                        .filter(keys -> keys != first));
    }

    private boolean isKnown(SealingKeys former) {
        return known.stream().anyMatch(keys -> Arrays.equals(keys.id(), former.id()));
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
