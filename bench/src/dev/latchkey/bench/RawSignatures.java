package dev.latchkey.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.latchkey.issuer.AccessClaims;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Prints raw ES256 signatures a second, and tokens minted a second, on all processors. Arguments: data folder, seconds in all. */
final class RawSignatures {
    private static final int ROUNDS = 3;

    private RawSignatures() {}

    public static void main(String[] arguments) throws Exception {
        Dataset dataset = new Dataset(Path.of(arguments[0]), 10_000, "", List.of(), Map.of());
        double seconds = Double.parseDouble(arguments[1]) / (2 * ROUNDS + 2);
        int threads = Runtime.getRuntime().availableProcessors();
        try (Tokens tokens = new Tokens(dataset)) {
            // What is signed is as long as the token without its signature.
            byte[] input = new byte[tokens.of(0).lastIndexOf('.')];
            Median raw = new Median();
            Median minted = new Median();
            for (int round = 0; round <= ROUNDS; round++) {
                double signatures = Rate.of(threads, seconds, thread -> signing(input));
                double mints = Rate.of(threads, seconds, thread -> minting(tokens, tokens.claims(thread)));
                if (round > 0) {
                    raw.add(signatures);
                    minted.add(mints);
                }
            }
            System.out.println(raw.get() + " " + minted.get());
        }
    }

    private static Callable<String> minting(Tokens tokens, AccessClaims claims) {
        return () -> tokens.of(claims);
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
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
