package dev.latchkey.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * The public key of a private one, which the JDK cannot tell. Plain arithmetic that takes its time and shows it: for importing a key
 * on the operator's machine, never for serving. Whoever uses it checks the pair, so a mistake here cannot pass.
 */
final class PublicHalf {
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private PublicHalf() {}

    static PublicKey of(PrivateKey key) {
        try {
            return switch (key) {
                case ECPrivateKey ec ->
                    KeyFactory.getInstance("EC")
                            .generatePublic(new ECPublicKeySpec(onCurve(ec.getParams(), ec.getS()), ec.getParams()));
                case RSAPrivateCrtKey rsa ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
                case EdECPrivateKey ed -> edwards(ed);
                default ->
                    throw new KeyFormatException(
                            "The private key does not tell its public key. Give a file that also holds the public key.");
            };
        } catch (GeneralSecurityException damaged) {
            throw new KeyFormatException("The private key is damaged: it has no public key.");
        }
    }

    private static PublicKey edwards(EdECPrivateKey key) throws GeneralSecurityException {
        if (!key.getParams().getName().equals("Ed25519")) {
            throw new KeyFormatException("The key is on another curve than Ed25519. It cannot be imported.");
        }
        EdECPoint point = Edwards.publicPoint(key.getBytes().orElseThrow());
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    /** The generator {@code times} times, by doubling and adding (SEC 1 section 2.2.1). */
    private static ECPoint onCurve(ECParameterSpec curve, BigInteger times) {
        if (!(curve.getCurve().getField() instanceof ECFieldFp field)) {
            throw new KeyFormatException("The key is on another curve than P-256 (prime256v1).");
        }
        BigInteger p = field.getP();
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = times.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum, curve.getCurve().getA(), p);
            if (times.testBit(bit)) {
                sum = add(sum, curve.getGenerator(), curve.getCurve().getA(), p);
            }
        }
        return sum;
    }

    private static ECPoint add(ECPoint one, ECPoint other, BigInteger a, BigInteger p) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return other;
        }
        if (other.equals(ECPoint.POINT_INFINITY)) {
            return one;
        }
        BigInteger x1 = one.getAffineX();
        BigInteger y1 = one.getAffineY();
        BigInteger x2 = other.getAffineX();
        BigInteger y2 = other.getAffineY();
        if (x1.equals(x2) && y1.add(y2).mod(p).signum() == 0) {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger slope = x1.equals(x2)
                ? x1.multiply(x1)
                        .multiply(THREE)
                        .add(a)
                        .multiply(y1.multiply(TWO).modInverse(p))
                : y2.subtract(y1).multiply(x2.subtract(x1).modInverse(p));
        BigInteger x = slope.multiply(slope).subtract(x1).subtract(x2).mod(p);
        return new ECPoint(x, slope.multiply(x1.subtract(x)).subtract(y1).mod(p));
    }

    /** Edwards25519 (RFC 8032 section 5.1.5). */
    private static final class Edwards {
        private static final BigInteger P = TWO.pow(255).subtract(BigInteger.valueOf(19));
        private static final BigInteger D = BigInteger.valueOf(-121_665)
                .multiply(BigInteger.valueOf(121_666).modInverse(P))
                .mod(P);
        private static final BigInteger BASE_X =
                new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202");
        private static final BigInteger BASE_Y = BigInteger.valueOf(4)
                .multiply(BigInteger.valueOf(5).modInverse(P))
                .mod(P);

        static EdECPoint publicPoint(byte[] seed) throws GeneralSecurityException {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(seed);
            BigInteger times = littleEndian(hash)
                    .clearBit(0)
                    .clearBit(1)
                    .clearBit(2)
                    .clearBit(255)
                    .setBit(254);
            BigInteger x = BigInteger.ZERO;
            BigInteger y = BigInteger.ONE;
            for (int bit = times.bitLength() - 1; bit >= 0; bit--) {
                BigInteger doubled = sumX(x, y, x, y);
                y = sumY(x, y, x, y);
                x = doubled;
                if (times.testBit(bit)) {
                    BigInteger added = sumX(x, y, BASE_X, BASE_Y);
                    y = sumY(x, y, BASE_X, BASE_Y);
                    x = added;
                }
            }
            return new EdECPoint(x.testBit(0), y);
        }

        private static BigInteger sumX(BigInteger x1, BigInteger y1, BigInteger x2, BigInteger y2) {
            BigInteger product = D.multiply(x1).multiply(x2).multiply(y1).multiply(y2);
            return x1.multiply(y2)
                    .add(x2.multiply(y1))
                    .multiply(BigInteger.ONE.add(product).modInverse(P))
                    .mod(P);
        }

        private static BigInteger sumY(BigInteger x1, BigInteger y1, BigInteger x2, BigInteger y2) {
            BigInteger product = D.multiply(x1).multiply(x2).multiply(y1).multiply(y2);
            return y1.multiply(y2)
                    .add(x1.multiply(x2))
                    .multiply(BigInteger.ONE.subtract(product).modInverse(P))
                    .mod(P);
        }

        private static BigInteger littleEndian(byte[] hash) {
            byte[] reversed = new byte[32];
            for (int i = 0; i < reversed.length; i++) {
                reversed[i] = hash[reversed.length - 1 - i];
            }
            return new BigInteger(1, reversed);
        }
    }
}
