package dev.latchkey.jose;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JWT in compact JWS form (RFC 7519, RFC 7515 section 7.1) in the one shape we make: the header holds exactly {@code alg},
 * {@code typ} and {@code kid}. Any other member is refused: a key that comes along ({@code jwk}, {@code jku}, {@code x5c},
 * {@code x5u}) is nothing to trust, and {@code crit} or {@code b64} would change the rules.
 */
public final class SignedJwt {
    /** Longer texts are refused unread. */
    public static final int MAX_LENGTH = 8192;

    private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ", "kid");

    private final String algorithm;
    private final String type;
    private final String kid;
    private final byte[] signingInput;
    private final byte[] payload;
    private final byte[] signature;

    private SignedJwt(Map<String, Object> header, byte[] signingInput, byte[] payload, byte[] signature) {
        this.algorithm = member(header, "alg");
        this.type = member(header, "typ");
        this.kid = member(header, "kid");
        this.signingInput = signingInput;
        this.payload = payload;
        this.signature = signature;
    }

    /**
     * @param type the value of {@code typ}, such as {@code at+jwt}
     * @param claims of String, Long, Integer, Double, Boolean, and lists and maps of them
     */
    public static String sign(SigningKey key, String type, Map<String, ?> claims) {
        String signingInput = key.header(type) + '.' + Base64Url.encode(StrictJson.write(claims));
        return signingInput + '.' + Base64Url.encode(key.sign(signingInput.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Takes a token apart without believing any of it.
     *
     * @throws MalformedTokenException when it is not in our shape
     */
    public static SignedJwt parse(String token) {
        if (token.length() > MAX_LENGTH) {
            throw new MalformedTokenException("longer than " + MAX_LENGTH);
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            throw new MalformedTokenException("not three parts");
        }
        Map<String, Object> header = StrictJson.read(Base64Url.decode(token.substring(0, first)));
        if (!HEADER_MEMBERS.containsAll(header.keySet())) {
            throw new MalformedTokenException("a header member we do not take");
        }
        byte[] payload = Base64Url.decode(token.substring(first + 1, second));
        String signature = token.substring(second + 1);
        return new SignedJwt(
                header,
                token.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                payload,
                signature.isEmpty() ? new byte[0] : Base64Url.decode(signature));
    }

    /** Which key it claims to be signed with; empty text where it does not say. */
    public String kid() {
        return kid;
    }

    /** The value of {@code typ}; empty text where it does not say. */
    public String type() {
        return type;
    }

    /** The claims, if {@code key} signed them with its own algorithm; what the token says of its algorithm decides nothing else. */
    public Optional<Claims> signedBy(VerificationKey key) {
        boolean genuine = algorithm.equals(key.algorithm().joseName())
                && kid.equals(key.kid())
                && key.verifies(signingInput, signature);
        return genuine ? Optional.of(new Claims(StrictJson.read(payload))) : Optional.empty();
    }

    private static String member(Map<String, Object> header, String name) {
        Object value = header.getOrDefault(name, "");
        if (value instanceof String text) {
            return text;
        }
        throw new MalformedTokenException("header member " + name + " is no string");
    }
}
