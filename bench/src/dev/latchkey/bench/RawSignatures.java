package dev.latchkey.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.Callable;

/** Prints raw ES256 signatures a second on all processors. Arguments: how many bytes are signed, seconds. */
final class RawSignatures {
    private RawSignatures() {}

    public static void main(String[] arguments) throws Exception {
        byte[] input = new byte[Integer.parseInt(arguments[0])];
        System.out.println(Rate.warm(Double.parseDouble(arguments[1]), thread -> signing(input)));
    }

    private static Callable<byte[]> signing(byte[] input) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            Signature signature = provider.getLoadingError() == null
                    ? Signature.getInstance("SHA256withECDSA", provider)
                    : Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            return () -> {
                signature.update(input);
                return signature.sign();
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
