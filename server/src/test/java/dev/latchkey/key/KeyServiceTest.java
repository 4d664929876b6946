package dev.latchkey.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.crypto.SealBrokenException;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Sealers;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Database;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.http.Access;
import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Route;
import dev.latchkey.jose.SignatureAlgorithm;
import dev.latchkey.jose.SignatureProvider;
import dev.latchkey.jose.SigningKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;

class KeyServiceTest {
    private static final byte[] INPUT = "input".getBytes(UTF_8);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Sealer sealer = Sealers.forTests();
    private final SignatureProvider provider = new SignatureProvider(SignatureProvider.Choice.JDK);
    private final KeyConfig config = KeyConfig.defaults();
    private final List<String> announced = Collections.synchronizedList(new ArrayList<>());

    @BothEngines
    @DisplayName(
            "C10 the first start makes one active ES256 key, the next start takes it up, and another tenant's is not ours")
    void firstStart(TestDatabase test, MutableClock clock) throws Exception {
        KeyService first = node(test.database(), clock);
        first.start();
        assertThat(first.list()).singleElement().satisfies(key -> {
            assertThat(key.algorithm()).isEqualTo(SignatureAlgorithm.ES256);
            assertThat(key.state()).isEqualTo(KeyState.ACTIVE);
            assertThat(key.use()).isEqualTo(KeyUse.TOKEN);
            assertThat(key.createdAt()).isEqualTo(clock.instant());
        });
        test.database()
                .tx(
                        tx -> tx.handle()
                                .execute(
                                        "INSERT INTO signing_key SELECT kid, 'other', key_use, algorithm, state, public_jwk, sealed_private,"
                                                + " longest_token_ms, created_at, activates_at, retired_at, verify_until FROM signing_key"));

        KeyService restarted = node(test.database(), clock);
        restarted.start();
        assertThat(restarted.list()).isEqualTo(first.list());
        SigningKey key = restarted.signing(KeyUse.TOKEN);
        assertThat(first.verification(KeyUse.TOKEN, key.kid()).orElseThrow().verifies(INPUT, key.sign(INPUT)))
                .isTrue();
        assertThat(published(first)).containsExactly(key.kid());
        assertThat(announced).containsExactly(key.kid() + " ACTIVE");
    }

    @BothEngines
    @DisplayName("the private key is nowhere in the database in the clear, and does not open under another master key")
    void sealedAtRest(TestDatabase test, MutableClock clock) {
        KeyService keys = node(test.database(), clock);
        keys.start();
        byte[] sealed = test.database()
                .read(sql -> sql.handle()
                        .createQuery("SELECT sealed_private FROM signing_key")
                        .mapTo(byte[].class)
                        .one());
        assertThat(sealed[0]).isEqualTo((byte) 1);
        KeyService foreign =
                new KeyService(test.database(), Sealers.forTests(), provider, config, LONGEST, this::announce, clock);
        foreign.start();
        assertThatThrownBy(() -> foreign.signing(KeyUse.TOKEN)).isInstanceOf(SealBrokenException.class);
    }

    @BothEngines
    @DisplayName("a next key is published a day before it signs; the old one verifies until its last token has expired")
    void rotates(TestDatabase test, MutableClock clock) throws Exception {
        KeyService keys = node(test.database(), clock);
        keys.start();
        String old = keys.signing(KeyUse.TOKEN).kid();
        keys.tick();
        clock.advance(Duration.ofDays(89).minusMillis(1));
        keys.tick();
        assertThat(published(keys)).containsExactly(old);

        clock.advance(Duration.ofMillis(1));
        keys.tick();
        String next = keys.list().getFirst().kid();
        assertThat(published(keys)).containsExactlyInAnyOrder(next, old);
        assertThat(keys.signing(KeyUse.TOKEN).kid()).isEqualTo(old);
        clock.advance(Duration.ofHours(24).minusMillis(1));
        keys.tick();
        assertThat(keys.signing(KeyUse.TOKEN).kid()).isEqualTo(old);

        SigningKey lastMoment = keys.signing(KeyUse.TOKEN);
        clock.advance(Duration.ofMillis(1));
        keys.tick();
        assertThat(keys.signing(KeyUse.TOKEN).kid()).isEqualTo(next);
        assertThat(keys.list()).extracting(KeyInfo::state).containsExactly(KeyState.ACTIVE, KeyState.RETIRED);
        assertThat(keys.verification(KeyUse.TOKEN, old).orElseThrow().verifies(INPUT, lastMoment.sign(INPUT)))
                .isTrue();
        assertThat(published(keys)).containsExactlyInAnyOrder(next, old);
        assertThat(privateKeysOf(test.database(), old)).isZero();

        clock.advance(LONGEST);
        keys.tick();
        assertThat(keys.verification(KeyUse.TOKEN, old)).isPresent();
        clock.advance(Duration.ofMinutes(5));
        assertThat(keys.verification(KeyUse.TOKEN, old)).isEmpty();
        keys.tick();
        assertThat(published(keys)).containsExactly(next);
        assertThat(keys.list()).hasSize(1);
        assertThat(announced).containsExactly(old + " ACTIVE", next + " NEXT", old + " RETIRED", next + " ACTIVE");
    }

    @BothEngines
    @DisplayName("a key outlives the longest token of any server that ran with it")
    void longestToken(TestDatabase test, MutableClock clock) {
        KeyService shortTokens = node(test.database(), clock);
        shortTokens.start();
        String old = shortTokens.signing(KeyUse.TOKEN).kid();
        KeyService longTokens =
                new KeyService(test.database(), sealer, provider, config, Duration.ofDays(7), this::announce, clock);
        longTokens.start();
        shortTokens.rotateNow(KeyUse.TOKEN);
        clock.advance(Duration.ofDays(7));
        assertThat(shortTokens.verification(KeyUse.TOKEN, old)).isPresent();
        clock.advance(Duration.ofMinutes(5));
        assertThat(shortTokens.verification(KeyUse.TOKEN, old)).isEmpty();
    }

    @BothEngines
    @DisplayName("rotation by hand: publish now and use in a day, or use at once; asking twice changes nothing more")
    void rotatesByHand(TestDatabase test, MutableClock clock) {
        KeyService keys = node(test.database(), clock);
        keys.start();
        String old = keys.signing(KeyUse.TOKEN).kid();
        KeyInfo next = keys.rotate(KeyUse.TOKEN);
        assertThat(next.state()).isEqualTo(KeyState.NEXT);
        assertThat(next.activatesAt()).isEqualTo(clock.instant().plus(Duration.ofHours(24)));
        assertThat(keys.rotate(KeyUse.TOKEN).kid()).isEqualTo(next.kid());
        assertThat(keys.signing(KeyUse.TOKEN).kid()).isEqualTo(old);
        assertThat(keys.rotateNow(KeyUse.TOKEN).kid()).isEqualTo(next.kid());
        assertThat(keys.signing(KeyUse.TOKEN).kid()).isEqualTo(next.kid());
        assertThat(keys.rotateNow(KeyUse.TOKEN).kid()).isNotIn(next.kid(), old);
        assertThat(keys.list()).hasSize(3);
    }

    @BothEngines
    @DisplayName("a key that was cut off verifies nothing on any node, is not published, and another signs at once")
    void cutsOff(TestDatabase test, MutableClock clock) throws Exception {
        KeyService here = node(test.database(), clock);
        KeyService there = node(test.database(), clock);
        here.start();
        there.start();
        String stolen = there.signing(KeyUse.TOKEN).kid();
        assertThat(here.cutOff(stolen).state()).isEqualTo(KeyState.REVOKED);
        there.reload();
        for (KeyService node : List.of(here, there)) {
            assertThat(node.verification(KeyUse.TOKEN, stolen)).isEmpty();
            assertThat(node.signing(KeyUse.TOKEN).kid()).isNotEqualTo(stolen);
            assertThat(published(node))
                    .containsExactly(node.signing(KeyUse.TOKEN).kid());
        }
        assertThat(here.signing(KeyUse.TOKEN).kid())
                .isEqualTo(there.signing(KeyUse.TOKEN).kid());
        assertThat(privateKeysOf(test.database(), stolen)).isZero();
        assertThat(announced).contains(stolen + " REVOKED");
        here.cutOff(stolen);
        assertThat(here.list()).hasSize(2);
        assertThatThrownBy(() -> here.cutOff("unknown"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
        clock.advance(Duration.ofDays(1));
        here.tick();
        assertThat(here.list()).hasSize(1);
    }

    @BothEngines
    @DisplayName("keys of other algorithms are made when first asked for, one each, and kept apart by use")
    void otherAlgorithms(TestDatabase test, MutableClock clock) throws Exception {
        KeyService keys = node(test.database(), clock);
        keys.start();
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            SigningKey key = keys.signing(KeyUse.TOKEN, algorithm);
            assertThat(key.algorithm()).isEqualTo(algorithm);
            assertThat(keys.signing(KeyUse.TOKEN, algorithm)).isSameAs(key);
            assertThat(keys.verification(KeyUse.TOKEN, key.kid()).orElseThrow().verifies(INPUT, key.sign(INPUT)))
                    .isTrue();
        }
        SigningKey audit = keys.signing(KeyUse.AUDIT);
        assertThat(keys.verification(KeyUse.TOKEN, audit.kid())).isEmpty();
        assertThat(keys.verification(KeyUse.AUDIT, audit.kid())).isPresent();
        assertThat(keys.verification(KeyUse.AUDIT, keys.signing(KeyUse.TOKEN).kid()))
                .isEmpty();
        assertThat(published(keys)).hasSize(4).doesNotContain(audit.kid());

        keys.rotateNow(KeyUse.AUDIT);
        clock.advance(Duration.ofDays(4000));
        keys.tick();
        keys.tick();
        assertThat(keys.verification(KeyUse.AUDIT, audit.kid())).isPresent();
        assertThat(JWK.parse(keys.publicJwk(KeyUse.AUDIT, audit.kid()).orElseThrow())
                        .getKeyID())
                .isEqualTo(audit.kid());
    }

    @BothEngines
    @DisplayName("fifty nodes start, tick and rotate at once: one active key, at most one next")
    void manyNodes(TestDatabase test, MutableClock clock) throws Exception {
        List<KeyService> nodes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            nodes.add(node(test.database(), clock));
        }
        inParallel(nodes, KeyService::start);
        assertOneActive(nodes);
        clock.advance(Duration.ofDays(89));
        inParallel(nodes, KeyService::tick);
        nodes.forEach(KeyService::reload);
        assertThat(nodes.getFirst().list())
                .extracting(KeyInfo::state)
                .containsExactlyInAnyOrder(KeyState.NEXT, KeyState.ACTIVE);
        clock.advance(Duration.ofDays(1));
        inParallel(nodes, KeyService::tick);
        assertOneActive(nodes);
        inParallel(nodes.subList(0, 5), node -> node.signing(KeyUse.TOKEN, SignatureAlgorithm.RS256));
        nodes.forEach(KeyService::reload);
        assertThat(published(nodes.getFirst())).hasSize(3);
    }

    @BothEngines
    @DisplayName("the key set is public, unlimited, cached for five minutes, and holds nothing private")
    void routes(TestDatabase test, MutableClock clock) throws Exception {
        KeyService keys = node(test.database(), clock);
        keys.start();
        Mount root = new Mount("", ErrorShape.NATIVE);
        new KeyRoutes(keys).mount(root);
        assertThat(root.routes()).extracting(Route::path).containsExactly("/.well-known/jwks.json", "/oauth2/jwks");
        assertThat(root.routes()).allSatisfy(route -> {
            assertThat(route.isUnlimited()).isTrue();
            assertThat(route.access()).isEqualTo(Access.anyone());
        });
        assertThat(JWKSet.parse(new String(keys.jwks(), UTF_8)).getKeys())
                .singleElement()
                .satisfies(key -> {
                    assertThat(key.isPrivate()).isFalse();
                    assertThat(key.getKeyUse()).hasToString("sig");
                    assertThat(key.getAlgorithm()).hasToString("ES256");
                });
    }

    private KeyService node(Database db, MutableClock clock) {
        return new KeyService(db, sealer, provider, config, LONGEST, this::announce, clock);
    }

    private void announce(dev.latchkey.db.Tx tx, dev.latchkey.core.TenantId tenant, String kid, KeyState state) {
        tx.afterCommit(() -> announced.add(kid + " " + state));
    }

    private static Set<String> published(KeyService keys) throws Exception {
        Set<String> kids = new HashSet<>();
        JWKSet.parse(new String(keys.jwks(), UTF_8)).getKeys().forEach(key -> kids.add(key.getKeyID()));
        return kids;
    }

    private static int privateKeysOf(Database db, String kid) {
        return db.read(sql -> sql.handle()
                .createQuery("SELECT COUNT(*) FROM signing_key WHERE kid = :kid AND sealed_private IS NOT NULL")
                .bind("kid", kid)
                .mapTo(Integer.class)
                .one());
    }

    private static void assertOneActive(List<KeyService> nodes) {
        Set<String> kids = new HashSet<>();
        nodes.forEach(node -> {
            node.reload();
            kids.add(node.signing(KeyUse.TOKEN).kid());
        });
        assertThat(kids).hasSize(1);
        assertThat(nodes.getFirst().list().stream().filter(key -> key.state() == KeyState.ACTIVE))
                .hasSize(1);
        assertThat(nodes.getFirst().list().stream().filter(key -> key.state() == KeyState.NEXT))
                .isEmpty();
    }

    private interface Step {
        void run(KeyService node);
    }

    private static void inParallel(List<KeyService> nodes, Step step) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes.size())) {
            List<Future<?>> results = new ArrayList<>();
            for (KeyService node : nodes) {
                results.add(threads.submit(() -> step.run(node)));
            }
            for (Future<?> result : results) {
                result.get();
            }
        }
    }
}
