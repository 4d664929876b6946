package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

/** One thing wrong at a time; the same answer without it is accepted. */
class RegistrationRefusalsTest {
    private static final String MODEL = "d8522d9f-575b-4866-88a9-ba99fa02f35b";

    private TestDatabase database;
    private MutableClock clock;
    private PasskeyFixture fixture;
    private PasskeyOwner alice;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.database = database;
        this.clock = clock;
        this.fixture = new PasskeyFixture(database, clock);
        this.alice = fixture.user("alice");
    }

    @BothEngines
    @DisplayName("S1-22 each wrong field of a registration is refused for its own reason, and nothing is stored")
    void everyField() {
        Map<PasskeyRefusal, Consumer<SoftwareAuthenticator.Answer>> changes = new LinkedHashMap<>();
        changes.put(PasskeyRefusal.TYPE, answer -> answer.type = "webauthn.get");
        changes.put(
                PasskeyRefusal.CHALLENGE, answer -> answer.challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        changes.put(PasskeyRefusal.ORIGIN, answer -> answer.origin = "https://login.example.org.evil.example");
        changes.put(PasskeyRefusal.CROSS_ORIGIN, answer -> answer.clientDataRest = ",\"crossOrigin\":true");
        changes.put(PasskeyRefusal.RP_ID, answer -> answer.rpId = "example.org");
        changes.put(PasskeyRefusal.USER_PRESENCE, answer -> answer.flags &= ~SoftwareAuthenticator.UP);
        changes.put(PasskeyRefusal.BACKUP_STATE, answer -> answer.flags |= SoftwareAuthenticator.BS);
        changes.put(PasskeyRefusal.ATTESTED_DATA, answer -> answer.flags &= ~SoftwareAuthenticator.AT);
        changes.put(PasskeyRefusal.ALGORITHM, answer -> answer.algorithm = KeyAlgorithm.ES384.cose());
        changes.put(PasskeyRefusal.ATTESTATION_FORMAT, answer -> answer.format = "android-safetynet");
        changes.put(PasskeyRefusal.SIGNATURE, answer -> answer.signed = false);
        changes.put(PasskeyRefusal.ATTESTATION_STATEMENT, answer -> {
            answer.format = "none";
            answer.statement = Map.of("alg", -7);
        });
        changes.put(PasskeyRefusal.CREDENTIAL_ID, answer -> answer.attestedId = new byte[32]);
        changes.put(PasskeyRefusal.MALFORMED, answer -> answer.trailing = new byte[] {1, 2, 3});
        changes.forEach((expected, change) ->
                assertThat(refusal(fixture, change)).as(expected.name()).isEqualTo(expected));
        assertThat(fixture.list(alice)).isEmpty();
        assertThat(fixture.register(alice, key()).attestation()).isEqualTo(Attestation.SELF);
    }

    @BothEngines
    @DisplayName("S1-22 framed pages, origins that only look alike and other ports are refused")
    void origins() {
        assertThat(refusal(fixture, answer -> answer.clientDataRest = ",\"topOrigin\":\"https://evil.example\""))
                .isEqualTo(PasskeyRefusal.CROSS_ORIGIN);
        for (String origin : new String[] {
            "http://login.example.org",
            "https://login.example.org:8443",
            "https://example.org",
            "https://xlogin.example.org",
            "https://login.example.org.",
            "https://user@evil.example",
            "null"
        }) {
            assertThat(refusal(fixture, answer -> answer.origin = origin))
                    .as(origin)
                    .isEqualTo(PasskeyRefusal.ORIGIN);
        }
    }

    @BothEngines
    @DisplayName("S1-22 front ends under the domain and listed applications may; others may not")
    void frontEnds() {
        String app = "android:apk-key-hash:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        PasskeyFixture shared = new PasskeyFixture(
                database,
                clock,
                "passkey.rp-id",
                "example.org",
                "server.frontend-url",
                "https://app.example.org,https://elsewhere.example",
                "passkey.origins",
                app);
        for (String origin : new String[] {PasskeyFixture.ORIGIN, "https://app.example.org", app}) {
            RegistrationStart.Started begun = shared.begin(alice);
            assertThat(shared.check(
                            alice,
                            begun.sessionId(),
                            SoftwareAuthenticator.at(origin).create(begun.options())))
                    .as(origin)
                    .isInstanceOf(RegistrationCheck.Verified.class);
        }
        assertThat(refusal(shared, answer -> answer.origin = "https://elsewhere.example"))
                .isEqualTo(PasskeyRefusal.ORIGIN);
    }

    @BothEngines
    @DisplayName("S1-22 user verification is required to register only where the policy says so")
    void userVerification() {
        assertThat(fixture.register(alice, key().withoutUserVerification()).userVerified())
                .isFalse();
        PasskeyFixture strict = new PasskeyFixture(database, clock, "passkey.user-verification", "required");
        assertThat(refusal(strict, answer -> answer.flags &= ~SoftwareAuthenticator.UV))
                .isEqualTo(PasskeyRefusal.USER_VERIFICATION);
    }

    @BothEngines
    @DisplayName("S1-23 only listed models of authenticator are registered where there is a list")
    void models() {
        PasskeyFixture listed =
                new PasskeyFixture(database, clock, "passkey.allowed-models", MODEL.toUpperCase(Locale.ROOT));
        assertThat(refusal(listed, answer -> {})).isEqualTo(PasskeyRefusal.AUTHENTICATOR_MODEL);
        assertThat(listed.register(alice, key().model(MODEL)).aaguid()).isEqualTo(new Aaguid(MODEL));
    }

    @BothEngines
    @DisplayName("S1-22 a short RSA key is refused")
    void weakKey() {
        RegistrationStart.Started begun = fixture.begin(alice);
        SoftwareAuthenticator weak = SoftwareAuthenticator.with(SoftwareKey.rsa(1024), PasskeyFixture.ORIGIN);
        assertThat(fixture.check(alice, begun.sessionId(), weak.create(begun.options())))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.WEAK_KEY));
    }

    @BothEngines
    @DisplayName("S1-22 a credential is registered once, by whomever; other tenants do not know it")
    void once() {
        SoftwareAuthenticator key = key();
        fixture.register(alice, key);
        PasskeyOwner bob = fixture.user("bob");
        for (PasskeyOwner owner : new PasskeyOwner[] {alice, bob}) {
            RegistrationStart.Started begun = fixture.begin(owner);
            assertThat(fixture.store(fixture.check(owner, begun.sessionId(), key.create(begun.options()))))
                    .isEqualTo(new RegistrationOutcome.Refused(PasskeyRefusal.ALREADY_REGISTERED));
        }
        PasskeyOwner elsewhere = fixture.user(new TenantId("other"), "alice");
        assertThat(fixture.register(elsewhere, key).user()).isEqualTo(elsewhere.user());
    }

    @BothEngines
    @DisplayName("S1-22 a user has so many passkeys and not one more, also where two registrations began at once")
    void limit() {
        PasskeyFixture two = new PasskeyFixture(database, clock, "passkey.per-user", "2");
        two.register(alice, key());
        RegistrationStart.Started begun = two.begin(alice);
        RegistrationCheck waiting = two.check(alice, begun.sessionId(), key().create(begun.options()));
        two.register(alice, key());
        assertThat(two.store(waiting)).isEqualTo(new RegistrationOutcome.Refused(PasskeyRefusal.TOO_MANY));
        assertThat(two.passkeys.beginRegistration(alice, PasskeyFixture.BINDING))
                .isEqualTo(new RegistrationStart.TooMany(2));
    }

    @BothEngines
    @DisplayName("S1-23 what the browser says beside the signed part is cleaned before it is kept")
    void hints() {
        RegistrationStart.Started begun = fixture.begin(alice);
        RegistrationResponse made = key().create(begun.options());
        List<String> said = new ArrayList<>(
                Arrays.asList("usb", null, "nfc nfc", "", "<b>", "USB", "usb", "hybrid", "x".repeat(40)));
        RegistrationResponse odd = new RegistrationResponse(
                made.id(),
                made.rawId(),
                made.type(),
                new RegistrationResponse.AttestationPart(
                        made.response().clientDataJSON(), made.response().attestationObject(), Optional.of(said)),
                Optional.of("somewhere"),
                Optional.empty());
        RegistrationOutcome stored = fixture.store(fixture.check(alice, begun.sessionId(), odd));
        Passkey passkey = ((RegistrationOutcome.Registered) stored).passkey();
        assertThat(passkey.transports()).containsExactly("usb", "hybrid");
        assertThat(passkey.attachment()).isEmpty();
        assertThat(passkey.discoverable()).isEmpty();
        assertThat(fixture.list(alice)).containsExactly(passkey);
    }

    private static SoftwareAuthenticator key() {
        return SoftwareAuthenticator.at(PasskeyFixture.ORIGIN);
    }

    private PasskeyRefusal refusal(PasskeyFixture on, Consumer<SoftwareAuthenticator.Answer> change) {
        RegistrationStart.Started begun = on.begin(alice);
        RegistrationCheck check = on.check(alice, begun.sessionId(), key().create(begun.options(), change));
        assertThat(check).isInstanceOf(RegistrationCheck.Refused.class);
        return ((RegistrationCheck.Refused) check).refusal();
    }
}
