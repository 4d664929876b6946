package dev.latchkey.jose;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Our own public keys as JWK (RFC 7517, RFC 7518 section 6, RFC 8037 section 2). Reads only what it wrote; keys that others send
 * are read by Nimbus, which also checks that a point is on its curve.
 */
public final class PublicJwk {
    private static final int COORDINATE_BYTES = 32;
    // The SubjectPublicKeyInfo of RFC 8410 section 4 up to the 32 bytes of the key.
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private PublicJwk() {}

    /** The JWK as JSON text, with {@code kid}, {@code use} and {@code alg}. */
    public static String write(String kid, SignatureAlgorithm algorithm, PublicKey key) {
        Map<String, Object> jwk = new LinkedHashMap<>(required(key));
        jwk.put("kid", kid);
        jwk.put("use", "sig");
        jwk.put("alg", algorithm.joseName());
        return new String(StrictJson.write(jwk), StandardCharsets.UTF_8);
    }

    /** @throws MalformedTokenException when {@link #write} did not write it */
    public static VerificationKey read(String jwk, SignatureProvider provider) {
        Map<String, Object> members = StrictJson.read(jwk.getBytes(StandardCharsets.UTF_8));
        SignatureAlgorithm algorithm = SignatureAlgorithm.named(text(members, "alg"))
                .orElseThrow(() -> new MalformedTokenException("a JWK for an algorithm we do not have"));
        return new VerificationKey(text(members, "kid"), algorithm, key(members), provider);
    }

    /** The SHA-256 thumbprint as base64url, our {@code kid} (RFC 7638). */
    public static String thumbprint(PublicKey key) {
        try {
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(StrictJson.write(required(key))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** The members that make the key, in the order RFC 7638 section 3.3 hashes them. */
    private static SortedMap<String, Object> required(PublicKey key) {
        SortedMap<String, Object> jwk = new TreeMap<>();
        switch (key) {
            case ECPublicKey ec -> {
                jwk.put("kty", "EC");
                jwk.put("crv", "P-256");
                jwk.put("x", Base64Url.encode(unsigned(ec.getW().getAffineX(), COORDINATE_BYTES)));
                jwk.put("y", Base64Url.encode(unsigned(ec.getW().getAffineY(), COORDINATE_BYTES)));
            }
            case RSAPublicKey rsa -> {
                jwk.put("kty", "RSA");
                jwk.put("n", Base64Url.encode(unsigned(rsa.getModulus(), 0)));
                jwk.put("e", Base64Url.encode(unsigned(rsa.getPublicExponent(), 0)));
            }
            default -> {
                jwk.put("kty", "OKP");
                jwk.put("crv", "Ed25519");
                byte[] encoded = key.getEncoded();
                jwk.put("x", Base64Url.encode(Arrays.copyOfRange(encoded, ED25519_PREFIX.length, encoded.length)));
            }
        }
        return jwk;
    }

    private static PublicKey key(Map<String, Object> members) {
        try {
            return switch (text(members, "kty")) {
                case "EC" ->
                    KeyFactory.getInstance("EC")
                            .generatePublic(new ECPublicKeySpec(
                                    new ECPoint(number(members, "x"), number(members, "y")),
                                    SignatureAlgorithm.p256()));
                case "RSA" ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(members, "n"), number(members, "e")));
                case "OKP" ->
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(ed25519(Base64Url.decode(text(members, "x")))));
                default -> throw new MalformedTokenException("a JWK of a kind we do not have");
            };
        } catch (GeneralSecurityException e) {
            throw new MalformedTokenException("not a public key");
        }
    }

    private static byte[] ed25519(byte[] x) {
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + x.length);
        System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
        return encoded;
    }

    private static BigInteger number(Map<String, Object> members, String name) {
        return new BigInteger(1, Base64Url.decode(text(members, name)));
    }

    private static String text(Map<String, Object> members, String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new MalformedTokenException("a JWK without " + name);
    }

    /** Big-endian without a sign byte, filled with zeros to at least {@code length}. */
    private static byte[] unsigned(BigInteger number, int length) {
        int size = Math.max(length, (number.bitLength() + 7) / Byte.SIZE);
        byte[] signed = number.toByteArray();
        byte[] result = new byte[size];
        int count = Math.min(signed.length, size);
        System.arraycopy(signed, signed.length - count, result, size - count, count);
        return result;
    }
}
