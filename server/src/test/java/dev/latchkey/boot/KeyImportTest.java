package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Eventually;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.jose.BroughtKey;
import dev.latchkey.jose.PemKeys;
import dev.latchkey.jose.SignatureAlgorithm;
import dev.latchkey.jose.SignatureProvider;
import dev.latchkey.jose.SignedJwt;
import dev.latchkey.jose.SigningKey;
import dev.latchkey.key.KeyInfo;
import dev.latchkey.key.KeyState;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeyImportTest {
    private static final SignatureProvider JDK = new SignatureProvider(SignatureProvider.Choice.JDK);

    @BothEngines
    @DisplayName("design 8 a running server signs with an imported key at once, under the id it had")
    void signsAtOnce(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            Person ada = Person.registered(server, "ada@example.com");

            KeyInfo key = operations
                    .keyImports()
                    .sign(
                            brought(SignatureAlgorithm.ES256.generate()),
                            SignatureAlgorithm.ES256,
                            Optional.of("old-1"),
                            true);

            assertThat(key.state()).isEqualTo(KeyState.ACTIVE);
            assertThat(ada.me().status()).isEqualTo(200);
            Eventually.holds(
                    "the imported key is published", () -> published(server).contains("old-1"));
            Person later = ada.with(ada.refresh());
            assertThat(header(later)).contains("\"kid\":\"old-1\"");
            assertThat(later.me().status()).isEqualTo(200);
            assertThat(published(server)).contains("old-1").hasSize(2);
            assertThat(server.auditNames()).contains("key.imported.v1", "key.activated.v1", "key.retired.v1");
        }
    }

    @BothEngines
    @DisplayName("an imported key is published before it signs, and only one can wait")
    void signsLater(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            Person.registered(server, "ada@example.com");
            BroughtKey key = brought(SignatureAlgorithm.ES256.generate());
            KeyInfo next = operations.keyImports().sign(key, SignatureAlgorithm.ES256, Optional.empty(), false);
            assertThat(next.state()).isEqualTo(KeyState.NEXT);
            assertThatThrownBy(() ->
                            operations.keyImports().sign(key, SignatureAlgorithm.ES256, Optional.of("other-id"), false))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.publicMessage()).contains(next.kid()));
            BroughtKey second = brought(SignatureAlgorithm.ES256.generate());
            assertThatThrownBy(() ->
                            operations.keyImports().sign(second, SignatureAlgorithm.ES256, Optional.empty(), true))
                    .isInstanceOf(Problem.class);

            Eventually.holds(
                    "the next key is published", () -> published(server).contains(next.kid()));
            clock.advance(Duration.ofHours(24));
            server.app().services().keys.tick();

            assertThat(header(new Person(server, "ada@example.com", Person.PASSWORD, "", "").loggedIn()))
                    .contains(next.kid());
        }
    }

    @BothEngines
    @DisplayName("V9.1.3 a former system's key is published until its time is over, and opens nothing here")
    void publishedOnly(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock);
                Operations operations = server.operations()) {
            Person ada = Person.registered(server, "ada@example.com");
            KeyPair pair = SignatureAlgorithm.ES256.generate();
            operations
                    .keyImports()
                    .publish(
                            brought(pair),
                            SignatureAlgorithm.ES256,
                            Optional.of("former"),
                            clock.instant().plus(Duration.ofDays(30)));
            Eventually.holds(
                    "the former key is published", () -> published(server).contains("former"));

            Map<String, Object> claims = new HashMap<>();
            payload(ada).properties().forEach(claim -> claims.put(claim.getKey(), value(claim.getValue())));
            SigningKey former = new SigningKey("former", SignatureAlgorithm.ES256, pair.getPrivate(), JDK);
            String forged = SignedJwt.sign(former, "at+jwt", claims);
            assertThat(server.client().bearer(forged).get("/api/v1/auth/me").status())
                    .isEqualTo(401);
            assertThat(ada.me().status()).isEqualTo(200);

            clock.advance(Duration.ofDays(31));
            server.app().services().keys.tick();
            assertThat(published(server)).doesNotContain("former");
            assertThat(operations.keys()).isNotEmpty();
        }
    }

    private static BroughtKey brought(KeyPair pair) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return PemKeys.read(pem, () -> new char[0]);
    }

    private static List<String> published(TestServer server) {
        JsonNode keys = server.client().get("/.well-known/jwks.json").json().at("/keys");
        return keys.valueStream().map(key -> key.at("/kid").asString()).toList();
    }

    private static Object value(JsonNode node) {
        if (node.isNumber()) {
            return node.asLong();
        }
        return node.isArray() ? node.valueStream().map(JsonNode::asString).toList() : node.asString();
    }

    private static String header(Person person) {
        return part(person, 0);
    }

    private static JsonNode payload(Person person) {
        return JsonMapper.shared().readTree(part(person, 1));
    }

    private static String part(Person person, int number) {
        return new String(
                Base64.getUrlDecoder().decode(person.accessToken().split("\\.")[number]), StandardCharsets.UTF_8);
    }
}
