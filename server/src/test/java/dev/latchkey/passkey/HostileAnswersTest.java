package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

/** What no browser sends: every answer is refused as a result or as a 4xx, never by another exception. */
class HostileAnswersTest {
    private static final int ROUNDS = 400;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final Json json = new Json();
    private final Random random = new Random(20_300_101);
    private PasskeyFixture fixture;
    private PasskeyOwner alice;
    private SoftwareAuthenticator key;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.fixture = new PasskeyFixture(database, clock);
        this.alice = fixture.user("alice");
        this.key = SoftwareAuthenticator.at(PasskeyFixture.ORIGIN);
    }

    @BothEngines
    @DisplayName("S1-22 broken JSON of a registration or an authentication is a 4xx or a refusal")
    void brokenJson() {
        fixture.register(alice, key);
        for (String broken : broken()) {
            register(broken);
            authenticate(broken);
        }
    }

    @BothEngines
    @DisplayName("S1-22 damaged attestation objects and client data are refusals, whatever the damage")
    void damagedRegistrations() {
        for (String format : List.of("packed", "none")) {
            SoftwareAuthenticator fresh =
                    SoftwareAuthenticator.at(PasskeyFixture.ORIGIN).format(format);
            for (int i = 0; i < ROUNDS / 2; i++) {
                RegistrationStart.Started begun = fixture.begin(alice);
                RegistrationResponse made = fresh.create(begun.options());
                RegistrationResponse damaged = new RegistrationResponse(
                        made.id(),
                        made.rawId(),
                        made.type(),
                        new RegistrationResponse.AttestationPart(
                                i % 5 == 0
                                        ? damaged(made.response().clientDataJSON())
                                        : made.response().clientDataJSON(),
                                i % 5 == 0
                                        ? made.response().attestationObject()
                                        : damaged(made.response().attestationObject()),
                                Optional.empty()),
                        Optional.empty(),
                        Optional.empty());
                RegistrationCheck check = fixture.check(alice, begun.sessionId(), damaged);
                if (format.equals("packed") && check instanceof RegistrationCheck.Verified verified) {
                    // Self attestation signs all but the map around it: only a damage that means the same passes.
                    assertThat(verified.passkey().credentialId()).isEqualTo(made.id());
                }
            }
        }
        assertThat(fixture.list(alice)).isEmpty();
    }

    @BothEngines
    @DisplayName("S1-24 a damaged assertion never signs in")
    void damagedAuthentications() {
        fixture.register(alice, key);
        for (int i = 0; i < ROUNDS; i++) {
            AuthenticationStart start = fixture.secondFactor(alice);
            AuthenticationResponse made = key.get(start.options());
            AuthenticationResponse.AssertionPart part = made.response();
            AuthenticationResponse damaged = new AuthenticationResponse(
                    made.id(),
                    made.rawId(),
                    made.type(),
                    new AuthenticationResponse.AssertionPart(
                            i % 3 == 0 ? damaged(part.clientDataJSON()) : part.clientDataJSON(),
                            i % 3 == 1 ? damaged(part.authenticatorData()) : part.authenticatorData(),
                            i % 3 == 2 ? damaged(part.signature()) : part.signature(),
                            part.userHandle()));
            assertThat(fixture.check(start, damaged)).as("round " + i).isInstanceOf(AuthenticationCheck.Refused.class);
        }
    }

    @BothEngines
    @DisplayName("S1-22 CBOR made to hurt a parser is refused: deep nesting, endless lengths, huge counts")
    void hostileCbor() {
        List<byte[]> hostile = new ArrayList<>();
        byte[] deep = new byte[40_000];
        Arrays.fill(deep, (byte) 0x81);
        hostile.add(deep);
        byte[] maps = new byte[40_000];
        Arrays.fill(maps, (byte) 0xA1);
        hostile.add(maps);
        hostile.add(new byte[] {(byte) 0x9B, 0x7F, -1, -1, -1, -1, -1, -1, -1});
        hostile.add(new byte[] {(byte) 0x5B, 0x7F, -1, -1, -1, -1, -1, -1, -1});
        hostile.add(new byte[] {(byte) 0xBB, 0x7F, -1, -1, -1, -1, -1, -1, -1});
        hostile.add(new byte[] {(byte) 0xFF});
        hostile.add(new byte[] {(byte) 0xF6});
        hostile.add(new byte[0]);
        hostile.add(Cbor.of(Map.of("fmt", "none", "attStmt", Map.of(), "authData", new byte[10])));
        hostile.add(Cbor.of(Map.of("fmt", 1, "attStmt", List.of(), "authData", "text")));
        for (byte[] bytes : hostile) {
            RegistrationStart.Started begun = fixture.begin(alice);
            RegistrationResponse made = key.create(begun.options());
            String attestation = bytes.length == 0 ? "=" : BASE64URL.encodeToString(bytes);
            RegistrationResponse answer = new RegistrationResponse(
                    made.id(),
                    made.rawId(),
                    made.type(),
                    new RegistrationResponse.AttestationPart(
                            made.response().clientDataJSON(), attestation, Optional.empty()),
                    Optional.empty(),
                    Optional.empty());
            assertThat(fixture.check(alice, begun.sessionId(), answer))
                    .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.MALFORMED));
        }
    }

    private List<String> broken() {
        RegistrationResponse registration = key.create(fixture.begin(alice).options());
        AuthenticationResponse authentication = key.get(fixture.anyone().options());
        List<String> broken = new ArrayList<>(List.of(
                "{}",
                "[]",
                "null",
                "{\"id\":null}",
                "{\"id\":1,\"rawId\":[],\"type\":{},\"response\":\"x\"}",
                "{\"id\":\"AA\",\"rawId\":\"AA\",\"type\":\"public-key\",\"response\":{}}",
                "{\"id\":\"!!\",\"response\":{\"clientDataJSON\":\"e30\",\"attestationObject\":\"oA\","
                        + "\"authenticatorData\":\"AA\",\"signature\":\"AA\"}}",
                "{\"id\":\"AA\",\"response\":{\"clientDataJSON\":\"e30\",\"attestationObject\":\"oA\","
                        + "\"authenticatorData\":\"AA\",\"signature\":\"AA\",\"userHandle\":\"\\u0000\"}}",
                "{\"id\":\"" + "A".repeat(5_000) + "\"}"));
        for (Object answer : List.of(registration, authentication)) {
            String text = new String(json.write(answer), StandardCharsets.UTF_8);
            for (int i = 0; i < 60; i++) {
                broken.add(changed(text));
            }
        }
        return broken;
    }

    private void register(String text) {
        RegistrationStart.Started begun = fixture.begin(alice);
        read(text, RegistrationResponse.class, answer -> fixture.check(alice, begun.sessionId(), answer));
    }

    private void authenticate(String text) {
        AuthenticationStart start = fixture.anyone();
        read(text, AuthenticationResponse.class, answer -> {
            AuthenticationCheck check = fixture.check(start, answer);
            assertThat(check).isInstanceOf(AuthenticationCheck.Refused.class);
            return check;
        });
    }

    private <T> void read(String text, Class<T> type, Function<T, Object> use) {
        T answer;
        try {
            answer = json.read(text.getBytes(StandardCharsets.UTF_8), type);
        } catch (Problem refused) {
            assertThat(refused.code().status()).isBetween(400, 499);
            return;
        }
        assertThat(use.apply(answer)).isNotNull();
    }

    private String changed(String text) {
        char[] odd = "\"{}[]:,\\0\u0000\u00e9x".toCharArray();
        StringBuilder changed = new StringBuilder(text);
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> changed.setCharAt(at, odd[random.nextInt(odd.length)]);
            case 1 -> changed.setLength(at);
            default -> changed.insert(at, odd[random.nextInt(odd.length)]);
        }
        return changed.toString();
    }

    /** The bytes with something flipped, cut, doubled or put in; never the same. */
    private String damaged(String base64url) {
        byte[] bytes = Base64.getUrlDecoder().decode(base64url);
        int at = random.nextInt(bytes.length);
        byte[] damaged = switch (random.nextInt(4)) {
            case 0 -> {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
            default -> {
                byte[] overwritten = bytes.clone();
                overwritten[at] = (byte) (overwritten[at] + 1 + random.nextInt(255));
                yield overwritten;
            }
        };
        return damaged.length == 0 ? "-" : BASE64URL.encodeToString(damaged);
    }
}
