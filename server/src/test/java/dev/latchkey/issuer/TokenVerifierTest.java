package dev.latchkey.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.jose.SignatureAlgorithm;
import dev.latchkey.jose.SignatureProvider;
import dev.latchkey.jose.SignedJwt;
import dev.latchkey.jose.SigningKey;
import dev.latchkey.jose.TestKeys;
import dev.latchkey.jose.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private static final String URL = "https://id.example.com";

    private final MutableClock clock = new MutableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final Secrets secrets = new Secrets(clock);
    private final SignatureProvider provider = new SignatureProvider(SignatureProvider.Choice.JDK);
    private final TestKeys keys = TestKeys.of(SignatureAlgorithm.ES256, provider);
    private final Map<String, VerificationKey> accepted =
            new ConcurrentHashMap<>(Map.of(keys.verification().kid(), keys.verification()));
    private final TokenConfig config = TokenConfig.defaults(URL);
    private final TokenIssuer issuer = new TokenIssuer(keys::signing, config, secrets, clock);
    private final TokenVerifier verifier = new TokenVerifier(this::find, config, clock);
    private final AccessClaims access = new AccessClaims(
            new UserId(secrets.uuid()),
            new SessionId(secrets.uuid()),
            7,
            ClientId.FIRST_PARTY,
            Set.of(),
            Set.of(),
            new Authentication(clock.instant().minusSeconds(60), Set.of("pwd")));

    @Test
    @DisplayName("S1-07 a token made under a longer lifetime is not accepted for longer than today's")
    void shortenedLifetime() {
        String token = issuer.access(access).token();
        TokenConfig shorter =
                TokenConfig.from(Settings.of(TokenConfig.settings(), Map.of("token.access-ttl", "5m")), URL);
        TokenVerifier today = new TokenVerifier(this::find, shorter, clock);
        clock.advance(Duration.ofMinutes(5).plusSeconds(29));
        assertThat(today.verify(token).subject()).isEqualTo(access.subject());
        clock.advance(Duration.ofSeconds(1));
        assertThat(verifier.verify(token).subject()).isEqualTo(access.subject());
        assertThatThrownBy(() -> today.verify(token))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOKEN_EXPIRED));
    }

    @Test
    @DisplayName("S1-16 an access token lives 15 minutes and carries every claim, scope and roles also when empty")
    void carriesTheClaims() {
        MintedToken minted = issuer.access(access);
        assertThat(minted.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
        String[] parts = minted.token().split("\\.");
        long now = clock.instant().getEpochSecond();
        assertThat(decode(parts[0]))
                .isEqualTo("{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\""
                        + keys.signing().kid() + "\"}");
        assertThat(decode(parts[1]))
                .isEqualTo("{\"iss\":\"" + URL + "\",\"sub\":\"" + access.subject() + "\",\"aud\":\"" + URL
                        + "\",\"exp\":"
                        + (now + 900) + ",\"iat\":" + now + ",\"nbf\":" + now + ",\"jti\":\"" + minted.id()
                        + "\",\"sid\":\"" + access.session() + "\",\"ep\":7,\"client_id\":\"latchkey\",\"scope\":\"\","
                        + "\"roles\":[],\"auth_time\":" + (now - 60) + ",\"acr\":\"1\",\"amr\":[\"pwd\"]}");
        assertThat(minted.toString()).doesNotContain(parts[2]);
    }

    @Test
    @DisplayName("S1-17 what was minted verifies as it was meant, each with its own id")
    void verifies() {
        AccessClaims rich = new AccessClaims(
                access.subject(),
                access.session(),
                8,
                new ClientId("spa"),
                Set.of("openid", "profile"),
                Set.of("USER"),
                access.authentication());
        MintedToken minted = issuer.access(rich);
        VerifiedToken token = verifier.verify(minted.token());
        assertThat(token.subject()).isEqualTo(rich.subject());
        assertThat(token.session()).isEqualTo(rich.session());
        assertThat(token.epoch()).isEqualTo(8);
        assertThat(token.client()).isEqualTo(new ClientId("spa"));
        assertThat(token.scope()).containsExactlyInAnyOrder("openid", "profile");
        assertThat(token.issuedAt()).isEqualTo(clock.instant());
        assertThat(token.expiresAt()).isEqualTo(minted.expiresAt());
        assertThat(token.authentication()).isEqualTo(rich.authentication());
        assertThat(issuer.access(rich).id()).isNotEqualTo(minted.id());
    }

    @Test
    @DisplayName("additional claims are in every token and cannot take a registered name")
    void additionalClaims() {
        Settings settings =
                Settings.of(TokenConfig.settings(), Map.of("token.additional-claims", "env=prod, region=eu=1"));
        MintedToken minted =
                new TokenIssuer(keys::signing, TokenConfig.from(settings, URL), secrets, clock).access(access);
        assertThat(decode(minted.token().split("\\.")[1])).contains("\"env\":\"prod\"", "\"region\":\"eu=1\"");
        assertThat(verifier.verify(minted.token()).subject()).isEqualTo(access.subject());
        for (String bad : List.of("sub=someone", "roles=ADMIN", "=x", "novalue")) {
            assertThatThrownBy(() -> Settings.of(TokenConfig.settings(), Map.of("token.additional-claims", bad)))
                    .isInstanceOf(SettingsException.class);
        }
    }

    @Test
    @DisplayName("V9-2.1 S1-17 exp and nbf hold with 30 s skew, also for a token that is remembered as verified")
    void times() {
        String token = issuer.access(access).token();
        verifier.verify(token);
        clock.advance(Duration.ofMinutes(15).plusSeconds(29));
        assertThat(verifier.verify(token)).isNotNull();
        clock.advance(Duration.ofSeconds(1));
        assertRefused(token, ErrorCode.TOKEN_EXPIRED);
        clock.advance(Duration.ofDays(1));
        assertRefused(token, ErrorCode.TOKEN_EXPIRED);

        long now = clock.instant().getEpochSecond();
        assertThat(verifier.verify(sign("at+jwt", with("nbf", now + 30)))).isNotNull();
        assertRefused(sign("at+jwt", with("nbf", now + 31)), ErrorCode.INVALID_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "id+jwt", "logout+jwt", "AT+JWT", "application/at+jwt", "at+jwt ", ""})
    @DisplayName("V9-2.2 a genuine token of another type is not an access token")
    void otherTypes(String type) {
        assertRefused(sign(type, claims()), ErrorCode.INVALID_TOKEN_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "iss,https://evil.example",
        "iss,https://id.example.com/",
        "aud,https://other.example",
        "aud,https://id.example.com/",
        "sub,nobody",
        "sid,''",
        "client_id,''"
    })
    @DisplayName("V9-2.3 a genuine token for someone else is refused")
    void otherValues(String claim, String value) {
        assertRefused(sign("at+jwt", with(claim, value)), ErrorCode.INVALID_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"iss", "sub", "aud", "exp", "iat", "nbf", "jti", "sid", "ep", "client_id", "scope", "auth_time"})
    @DisplayName("a genuine token without a claim, or with one of another type, is refused")
    void missingClaims(String claim) {
        Map<String, Object> claims = claims();
        claims.remove(claim);
        assertRefused(sign("at+jwt", claims), ErrorCode.INVALID_TOKEN);
        assertRefused(sign("at+jwt", with(claim, Map.of())), ErrorCode.INVALID_TOKEN);
        assertRefused(sign("at+jwt", with(claim, true)), ErrorCode.INVALID_TOKEN);
        assertRefused(sign("at+jwt", with(claim, 1.5)), ErrorCode.INVALID_TOKEN);
    }

    @Test
    @DisplayName("a list of audiences is taken when ours is in it")
    void audiences() {
        assertThat(verifier.verify(sign("at+jwt", with("aud", List.of("https://a.example", URL)))))
                .isNotNull();
        assertRefused(sign("at+jwt", with("aud", List.of("https://a.example"))), ErrorCode.INVALID_TOKEN);
        assertRefused(sign("at+jwt", with("aud", List.of())), ErrorCode.INVALID_TOKEN);
    }

    @Test
    @DisplayName("V9-1.2 alg none, and HS256 keyed with our public key, are no signatures")
    void algorithmConfusion() throws Exception {
        String kid = keys.signing().kid();
        String payload = issuer.access(access).token().split("\\.")[1];
        for (String alg : List.of("none", "None", "NONE")) {
            String header = base64("{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}");
            assertRefused(header + "." + payload + ".", ErrorCode.INVALID_SIGNATURE);
        }
        PublicKey publicKey = keys.pair().getPublic();
        String header = base64("{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}");
        Mac mac = Mac.getInstance("HmacSHA256");
        for (byte[] secret : List.of(publicKey.getEncoded(), kid.getBytes(StandardCharsets.US_ASCII))) {
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String input = header + "." + payload;
            String signature = TestKeys.base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
            assertRefused(input + "." + signature, ErrorCode.INVALID_SIGNATURE);
        }
    }

    @Test
    @DisplayName("V9-1.3 a key that came along in the header is not trusted")
    void keyInHeader() {
        TestKeys evil = TestKeys.of(SignatureAlgorithm.ES256, provider);
        String payload = decode(issuer.access(access).token().split("\\.")[1]);
        String jwk = dev.latchkey.jose.PublicJwk.write(
                "k", SignatureAlgorithm.ES256, evil.pair().getPublic());
        for (String extra : List.of(
                ",\"jwk\":" + jwk, ",\"jku\":\"https://evil.example/jwks\"", ",\"x5u\":\"https://evil.example/c\"")) {
            String header = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\""
                    + keys.signing().kid() + "\"" + extra + "}";
            assertRefused(TestKeys.token(evil.signing(), header, payload), ErrorCode.INVALID_TOKEN);
        }
        assertRefused(SignedJwt.sign(evil.signing(), "at+jwt", claims()), ErrorCode.INVALID_SIGNATURE);
        SigningKey pretender = new SigningKey(
                keys.signing().kid(), SignatureAlgorithm.ES256, evil.pair().getPrivate(), provider);
        assertRefused(SignedJwt.sign(pretender, "at+jwt", claims()), ErrorCode.INVALID_SIGNATURE);
        // A wrong signature says nothing of the rest: it comes first.
        assertRefused(SignedJwt.sign(pretender, "JWT", with("exp", 1L)), ErrorCode.INVALID_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "abc", "a.b.c", "null", "eyJ.eyJ.eyJ", "\u0000", "é.é.é"})
    @DisplayName("what is no token at all is INVALID_TOKEN")
    void noToken(String text) {
        assertRefused(text, ErrorCode.INVALID_TOKEN);
    }

    @Test
    @DisplayName("a remembered token is refused as soon as its key is cut off")
    void cutOff() {
        String token = issuer.access(access).token();
        verifier.verify(token);
        accepted.clear();
        assertRefused(token, ErrorCode.INVALID_SIGNATURE);
    }

    @Test
    @DisplayName("fifty threads mint and verify with one issuer and one verifier")
    void threads() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int thread = i;
                results.add(threads.submit(() -> {
                    int right = 0;
                    for (int n = 0; n < 40; n++) {
                        long epoch = thread * 100L + n;
                        MintedToken minted = issuer.access(atEpoch(epoch));
                        boolean first = verifier.verify(minted.token()).epoch() == epoch;
                        boolean again = verifier.verify(minted.token()).epoch() == epoch;
                        right += first && again ? 1 : 0;
                    }
                    return right;
                }));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(40);
            }
        }
    }

    @Test
    @DisplayName("a remembered token says all that it said when it was verified")
    void remembersAll() {
        String rich = issuer.access(new AccessClaims(
                        access.subject(),
                        access.session(),
                        8,
                        new ClientId("spa"),
                        Set.of("openid", "profile"),
                        Set.of("USER"),
                        new Authentication(clock.instant().minusSeconds(9), Set.of("pwd", "otp", "mfa"))))
                .token();
        VerifiedToken first = verifier.verify(rich);
        assertThat(verifier.verify(rich)).isEqualTo(first);
        assertThat(first.authentication().multipleFactors()).isTrue();
    }

    private AccessClaims atEpoch(long epoch) {
        return new AccessClaims(
                access.subject(),
                access.session(),
                epoch,
                access.client(),
                access.scope(),
                access.roles(),
                access.authentication());
    }

    private Optional<VerificationKey> find(String kid) {
        return Optional.ofNullable(accepted.get(kid));
    }

    private Map<String, Object> claims() {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", URL);
        claims.put("sub", access.subject().value());
        claims.put("aud", URL);
        claims.put("exp", now + 900);
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("jti", "id");
        claims.put("sid", access.session().value());
        claims.put("ep", 1L);
        claims.put("client_id", "latchkey");
        claims.put("scope", "");
        claims.put("auth_time", now);
        return claims;
    }

    private Map<String, Object> with(String claim, Object value) {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        return claims;
    }

    private String sign(String type, Map<String, Object> claims) {
        return SignedJwt.sign(keys.signing(), type, claims);
    }

    private void assertRefused(String token, ErrorCode code) {
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
    }

    private static String base64(String text) {
        return TestKeys.base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
