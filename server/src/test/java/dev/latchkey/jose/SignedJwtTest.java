package dev.latchkey.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedJwtTest {
    private static final SignatureProvider JDK = TestKeys.provider(SignatureProvider.Choice.JDK);
    private static final TestKeys KEYS = TestKeys.of(SignatureAlgorithm.ES256, JDK);
    private static final String KID = KEYS.signing().kid();
    private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + KID + "\"}";
    private static final Map<String, Object> CLAIMS = Map.of(
            "sub",
            "Zoë \"\\ \u0001 \uD83D\uDD11",
            "exp",
            1_900_000_000L,
            "roles",
            List.of("USER", "ADMIN"),
            "deep",
            Map.of("flag", true, "number", 1.5));

    static Stream<Arguments> algorithmsAndProviders() {
        return Arrays.stream(SignatureAlgorithm.values())
                .flatMap(algorithm -> Arrays.stream(SignatureProvider.Choice.values())
                        .map(choice -> Arguments.of(algorithm, choice)));
    }

    @ParameterizedTest
    @MethodSource("algorithmsAndProviders")
    @DisplayName("C10 every algorithm signs and verifies with both providers, and Nimbus agrees")
    void roundTrip(SignatureAlgorithm algorithm, SignatureProvider.Choice choice) throws Exception {
        TestKeys keys = TestKeys.of(algorithm, TestKeys.provider(choice));
        String token = SignedJwt.sign(keys.signing(), "at+jwt", CLAIMS);
        SignedJwt parsed = SignedJwt.parse(token);
        assertThat(parsed.type()).isEqualTo("at+jwt");
        Claims claims = parsed.signedBy(keys.verification()).orElseThrow();
        assertThat(claims.text("sub")).contains("Zoë \"\\ \u0001 \uD83D\uDD11");
        assertThat(claims.time("exp")).contains(Instant.ofEpochSecond(1_900_000_000L));
        assertThat(claims.texts("roles")).containsExactly("USER", "ADMIN");

        SignedJWT theirs = SignedJWT.parse(token);
        assertThat(theirs.getHeader().getAlgorithm().getName()).isEqualTo(algorithm.joseName());
        assertThat(theirs.getHeader().getKeyID()).isEqualTo(keys.signing().kid());
        assertThat(theirs.getJWTClaimsSet().getSubject())
                .isEqualTo(claims.text("sub").orElseThrow());
        assertThat(theirs.getJWTClaimsSet().getJSONObjectClaim("deep")).containsEntry("flag", true);
        if (algorithm != SignatureAlgorithm.EDDSA) {
            assertThat(theirs.verify(nimbusVerifier(keys))).isTrue();
        }
    }

    @Test
    @DisplayName("what Nimbus signs in our shape is taken")
    void takesNimbus() throws Exception {
        JWTClaimsSet claims = JWTClaimsSet.parse("{\"sub\":\"s\",\"aud\":[\"a\"],\"exp\":1900000000}");
        for (SignatureAlgorithm algorithm :
                List.of(SignatureAlgorithm.ES256, SignatureAlgorithm.RS256, SignatureAlgorithm.PS256)) {
            TestKeys keys = TestKeys.of(algorithm, JDK);
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.joseName()))
                            .keyID(keys.signing().kid())
                            .type(new JOSEObjectType("at+jwt"))
                            .build(),
                    claims);
            jwt.sign(
                    algorithm == SignatureAlgorithm.ES256
                            ? new ECDSASigner((ECPrivateKey) keys.pair().getPrivate())
                            : new RSASSASigner(keys.pair().getPrivate()));
            Claims read = SignedJwt.parse(jwt.serialize())
                    .signedBy(keys.verification())
                    .orElseThrow();
            assertThat(read.text("sub")).contains("s");
            assertThat(read.texts("aud")).containsExactly("a");
        }
    }

    @ParameterizedTest
    @EnumSource(SignatureProvider.Choice.class)
    @DisplayName("V9-1.1 every changed character of a token is refused")
    void everyCharacterCounts(SignatureProvider.Choice choice) {
        TestKeys keys = TestKeys.of(SignatureAlgorithm.ES256, TestKeys.provider(choice));
        String token = SignedJwt.sign(keys.signing(), "at+jwt", Map.of("sub", "someone"));
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(isAccepted(changed, keys.verification()))
                    .as("character " + i)
                    .isFalse();
        }
        for (int i = 0; i < token.length(); i++) {
            assertThat(isAccepted(token.substring(0, i), keys.verification())).isFalse();
        }
    }

    @Test
    @DisplayName("a token has one spelling: padding, white space and loose last bits are refused")
    void oneSpelling() {
        String token = SignedJwt.sign(KEYS.signing(), "at+jwt", Map.of("sub", "x"));
        String[] parts = token.split("\\.");
        assertMalformed(token + "=");
        assertMalformed(parts[0] + "=." + parts[1] + "." + parts[2]);
        assertMalformed(token + " ");
        assertMalformed(" " + token);
        assertMalformed(token + "\n");
        assertMalformed(parts[0] + "." + parts[1] + "\r\n." + parts[2]);
        assertMalformed(token + ".");
        assertMalformed(token.replace('-', '+').replace('_', '/') + "+");
        // 64 bytes leave four bits over in the 86th character.
        char last = token.charAt(token.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String loose = token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(last) + 1);
        assertThat(Base64.getUrlDecoder().decode(loose.split("\\.")[2]))
                .as("a lenient decoder reads the same signature")
                .isEqualTo(Base64.getUrlDecoder().decode(parts[2]));
        assertMalformed(loose);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"crit\":null}",
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"b64\":false}",
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"jku\":\"https://evil.example/jwks\"}",
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"x5u\":\"https://evil.example/x\"}",
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"x5c\":[\"AA\"]}",
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"jwk\":{\"kty\":\"EC\"}}",
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\",\"kid\":\"KID\"}",
                "{\"alg\":\"ES256\",\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"ES256\",\"typ\":7,\"kid\":\"KID\"}",
                "{\"alg\":[\"ES256\"],\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                " {\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\"}",
                "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"KID\"} {}",
                "[\"ES256\"]",
                "\"ES256\"",
                "{",
                "{}}",
            })
    @DisplayName(
            "V9-1.3 a header with any other member, or that is no strict JSON, is refused although the signature is right")
    void strictHeader(String header) {
        assertMalformed(TestKeys.token(KEYS.signing(), header.replace("KID", KID), "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS256", "RS256", "es256", "ES384", "EdDSA", ""})
    @DisplayName("V9-1.2 the key decides the algorithm, not the token")
    void pinnedAlgorithm(String algorithm) {
        String header = HEADER.replace("ES256", algorithm);
        assertThat(isAccepted(TestKeys.token(KEYS.signing(), header, "{}"), KEYS.verification()))
                .isFalse();
        String input = TestKeys.base64(header.getBytes(UTF_8)) + "." + TestKeys.base64("{}".getBytes(UTF_8));
        assertThat(isAccepted(input + ".", KEYS.verification())).isFalse();
    }

    @Test
    @DisplayName("an all-zero, an empty, a DER and a longer ES256 signature are refused by both providers")
    void oddSignatures() throws Exception {
        for (SignatureProvider.Choice choice : SignatureProvider.Choice.values()) {
            VerificationKey key = new VerificationKey(
                    KID, SignatureAlgorithm.ES256, KEYS.pair().getPublic(), TestKeys.provider(choice));
            byte[] input = "x".getBytes(UTF_8);
            byte[] good = KEYS.signing().sign(input);
            java.security.Signature der = java.security.Signature.getInstance("SHA256withECDSA");
            der.initSign(KEYS.pair().getPrivate());
            der.update(input);
            byte[] ones = new byte[64];
            Arrays.fill(ones, (byte) 0xFF);
            assertThat(key.verifies(input, good)).isTrue();
            assertThat(key.verifies(input, new byte[64])).isFalse();
            assertThat(key.verifies(input, ones)).isFalse();
            assertThat(key.verifies(input, new byte[0])).isFalse();
            assertThat(key.verifies(input, der.sign())).isFalse();
            assertThat(key.verifies(input, Arrays.copyOf(good, 65))).isFalse();
        }
    }

    @Test
    @DisplayName("a key that does not fit its algorithm is refused: another curve, a short RSA key")
    void unfitKeys() throws Exception {
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(new ECGenParameterSpec("secp521r1"));
        KeyPair p521 = curve.generateKeyPair();
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        KeyPair small = rsa.generateKeyPair();
        assertThatThrownBy(() -> new VerificationKey("k", SignatureAlgorithm.ES256, p521.getPublic(), JDK))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VerificationKey("k", SignatureAlgorithm.RS256, small.getPublic(), JDK))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VerificationKey(
                        "k", SignatureAlgorithm.RS256, KEYS.pair().getPublic(), JDK))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "claims that are no strict JSON object are malformed, and claims of a wrong type are not taken for absent")
    void strictClaims() {
        for (String payload : List.of(
                "[]",
                "{\"a\":1,\"a\":2}",
                "{\"a\":null}",
                "{\"a\":1}x",
                "{\"a\":1e999999999}",
                "{\"a\":".repeat(20) + "1" + "}".repeat(20))) {
            SignedJwt token = SignedJwt.parse(TestKeys.token(KEYS.signing(), HEADER, payload));
            assertThatThrownBy(() ->
                            token.signedBy(KEYS.verification()).orElseThrow().time("a"))
                    .as(payload)
                    .isInstanceOf(MalformedTokenException.class);
        }
        for (String value :
                List.of("\"1\"", "1.5", "true", "[1]", "{}", "99999999999999999999", "9223372036854775807")) {
            SignedJwt token = SignedJwt.parse(TestKeys.token(KEYS.signing(), HEADER, "{\"exp\":" + value + "}"));
            assertThatThrownBy(() ->
                            token.signedBy(KEYS.verification()).orElseThrow().time("exp"))
                    .as(value)
                    .isInstanceOf(MalformedTokenException.class);
        }
    }

    @Test
    @DisplayName("an oversize token is refused unread")
    void oversize() {
        assertMalformed("A".repeat(SignedJwt.MAX_LENGTH + 1));
        assertMalformed("");
        assertMalformed("..");
    }

    @Test
    @DisplayName("fifty threads share one key while the provider changes under them")
    void threads() throws Exception {
        SignatureProvider provider = new SignatureProvider(SignatureProvider.Choice.AUTO);
        TestKeys keys = TestKeys.of(SignatureAlgorithm.ES256, provider);
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String subject = "s" + i;
                results.add(threads.submit(() -> {
                    boolean right = true;
                    for (int n = 0; n < 100; n++) {
                        String token = SignedJwt.sign(keys.signing(), "at+jwt", Map.of("sub", subject));
                        right &= SignedJwt.parse(token)
                                .signedBy(keys.verification())
                                .flatMap(claims -> claims.text("sub"))
                                .orElse("")
                                .equals(subject);
                    }
                    return right;
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("the faster provider is in use where it loads, is not installed for the JVM, and can be switched off")
    void provider() {
        assertThat(TestKeys.provider(SignatureProvider.Choice.JDK).name()).isEqualTo("JDK");
        assertThat(java.security.Security.getProvider("AmazonCorrettoCryptoProvider"))
                .isNull();
        assumeThat(System.getProperty("os.name") + System.getProperty("os.arch"))
                .isEqualTo("Linuxamd64");
        assertThat(TestKeys.provider(SignatureProvider.Choice.AUTO).name()).isEqualTo("AmazonCorrettoCryptoProvider");
    }

    private static JWSVerifier nimbusVerifier(TestKeys keys) throws Exception {
        return keys.pair().getPublic() instanceof ECPublicKey ec
                ? new ECDSAVerifier(ec)
                : new RSASSAVerifier((RSAPublicKey) keys.pair().getPublic());
    }

    private static boolean isAccepted(String token, VerificationKey key) {
        try {
            return SignedJwt.parse(token).signedBy(key).isPresent();
        } catch (MalformedTokenException e) {
            return false;
        }
    }

    private static void assertMalformed(String token) {
        assertThatThrownBy(() -> SignedJwt.parse(token)).isInstanceOf(MalformedTokenException.class);
    }
}
