package dev.latchkey.key;

import dev.latchkey.core.TenantId;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.jose.PublicJwk;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;

/** A key pair that is new here, in the form it is stored. Making one takes time: never inside a transaction. */
record NewKey(TenantId tenant, KeySlot slot, String kid, String publicJwk, byte[] sealedPrivate) {
    static NewKey generate(TenantId tenant, KeySlot slot, Sealer sealer) {
        KeyPair pair = slot.algorithm().generate();
        return of(tenant, slot, PublicJwk.thumbprint(pair.getPublic()), pair.getPublic(), pair.getPrivate(), sealer);
    }

    static NewKey of(
            TenantId tenant, KeySlot slot, String kid, PublicKey publicKey, PrivateKey privateKey, Sealer sealer) {
        return new NewKey(
                tenant,
                slot,
                kid,
                PublicJwk.write(kid, slot.algorithm(), publicKey),
                sealer.seal(SealPurpose.SIGNING_KEY, place(tenant, kid), privateKey.getEncoded()));
    }

    /** The private key of {@code kid}, in PKCS#8 (RFC 5958) under the seal. */
    static PrivateKey open(TenantId tenant, KeyInfo key, byte[] sealedPrivate, Sealer sealer) {
        byte[] encoded = sealer.open(SealPurpose.SIGNING_KEY, place(tenant, key.kid()), sealedPrivate);
        try {
            return KeyFactory.getInstance(key.algorithm().keyAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "signing key " + key.kid() + " was sealed in a form this version cannot read", e);
        }
    }

    static String place(TenantId tenant, String kid) {
        return tenant.value() + "|signing_key|sealed_private|" + kid;
    }
}
