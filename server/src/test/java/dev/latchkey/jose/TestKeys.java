package dev.latchkey.jose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.KeyPair;
import java.util.Base64;

/** A key pair of each algorithm, for tests of any package. */
public record TestKeys(KeyPair pair, SigningKey signing, VerificationKey verification) {
    public static TestKeys of(SignatureAlgorithm algorithm, SignatureProvider provider) {
        KeyPair pair = algorithm.generate();
        String kid = PublicJwk.thumbprint(pair.getPublic());
        return new TestKeys(
                pair,
                new SigningKey(kid, algorithm, pair.getPrivate(), provider),
                new VerificationKey(kid, algorithm, pair.getPublic(), provider));
    }

    /** A provider that has settled. */
    public static SignatureProvider provider(SignatureProvider.Choice choice) {
        SignatureProvider provider = new SignatureProvider(choice);
        try {
            provider.settle();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return provider;
    }

    /** A token of raw parts, whatever they are, signed with {@code key}. */
    public static String token(SigningKey key, String header, String payload) {
        String input = base64(header.getBytes(UTF_8)) + "." + base64(payload.getBytes(UTF_8));
        return input + "." + base64(key.sign(input.getBytes(UTF_8)));
    }

    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
