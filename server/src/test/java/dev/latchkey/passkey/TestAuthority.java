package dev.latchkey.passkey;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;

/** A certificate authority: writes X.509 certificates (RFC 5280) in DER by hand, signed with ES256. */
final class TestAuthority {
    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid("2a8648ce3d040302"));
    private static final byte[] BASIC_CONSTRAINTS = oid("551d13");
    private static final byte[] ALTERNATIVE_NAMES = oid("551d11");

    private final String name;
    private final KeyPair keys = newKey();
    private final X509Certificate root;
    private int serial = 1;

    TestAuthority(String name) {
        this.name = name;
        this.root = issue(name, keys.getPublic(), extension(BASIC_CONSTRAINTS, true, sequence(flag(true))));
    }

    X509Certificate root() {
        return root;
    }

    /** For an authenticator, as packed attestation demands (WebAuthn section 8.2.1). */
    X509Certificate authenticator(PublicKey key) {
        return issue("Test Key", key, extension(BASIC_CONSTRAINTS, true, sequence()));
    }

    X509Certificate server(PublicKey key, String host) {
        byte[] names = sequence(tagged(0x82, host.getBytes(StandardCharsets.US_ASCII)));
        return issue(host, key, extension(ALTERNATIVE_NAMES, false, names));
    }

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate issue(String subject, PublicKey key, byte[] extension) {
        byte[] body = sequence(
                tagged(0xA0, tagged(0x02, new byte[] {2})),
                tagged(0x02, new byte[] {(byte) serial++}),
                ECDSA_WITH_SHA256,
                distinguished(name),
                sequence(time("20240101000000Z"), time("21000101000000Z")),
                distinguished(subject),
                key.getEncoded(),
                tagged(0xA3, sequence(extension)));
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(keys.getPrivate());
            signer.update(body);
            byte[] signature = concat(new byte[] {0}, signer.sign());
            return CertificateChain.of(sequence(body, ECDSA_WITH_SHA256, tagged(0x03, signature)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] distinguished(String commonName) {
        return sequence(
                attribute("550406", "AA"),
                attribute("55040a", "Example"),
                attribute("55040b", "Authenticator Attestation"),
                attribute("550403", commonName));
    }

    private static byte[] attribute(String oid, String value) {
        return tagged(0x31, sequence(oid(oid), tagged(0x0C, value.getBytes(StandardCharsets.UTF_8))));
    }

    private static byte[] extension(byte[] oid, boolean critical, byte[] value) {
        return critical ? sequence(oid, flag(true), tagged(0x04, value)) : sequence(oid, tagged(0x04, value));
    }

    private static byte[] flag(boolean value) {
        return tagged(0x01, new byte[] {(byte) (value ? 0xFF : 0)});
    }

    private static byte[] time(String value) {
        return tagged(0x18, value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(String hex) {
        return tagged(0x06, HexFormat.of().parseHex(hex));
    }

    private static byte[] sequence(byte[]... parts) {
        return tagged(0x30, concat(parts));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        if (content.length < 0x80) {
            all.write(content.length);
            all.writeBytes(content);
            return all.toByteArray();
        }
        all.write(0x82);
        all.write(content.length >> 8);
        all.write(content.length);
        all.writeBytes(content);
        return all.toByteArray();
    }
}
