package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

class ModelTrustTest {
    private static final String MODEL = "d8522d9f-575b-4866-88a9-ba99fa02f35b";
    private static final String OTHER = "cb69481e-8ff7-4039-93ec-0a2729a154a8";

    @TempDir
    Path folder;

    private final TestBlob blobs = new TestBlob("metadata.example");
    private final TestAuthority maker = new TestAuthority("Maker");
    private final KeyPair attestationKey = TestAuthority.newKey();

    private TestDatabase database;
    private MutableClock clock;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.database = database;
        this.clock = clock;
        write("FIDO_CERTIFIED");
    }

    @BothEngines
    @DisplayName("S1-23 a model that its maker vouches for is trusted, named and pictured")
    void trusted() {
        PasskeyFixture fixture = fixture();
        PasskeyOwner alice = fixture.user("alice");
        RegistrationCheck check = check(fixture, alice, genuine());
        NewPasskey verified = ((RegistrationCheck.Verified) check).passkey();
        assertThat(verified.attestation()).isEqualTo(Attestation.TRUSTED);
        RegistrationOutcome stored = fixture.database.tx(
                tx -> fixture.passkeys.register(tx, verified, Optional.empty(), PasskeyService.UNNAMED));
        Passkey passkey = ((RegistrationOutcome.Registered) stored).passkey();
        assertThat(passkey.name()).isEqualTo("Test Key 5");
        assertThat(passkey.attestation()).isEqualTo(Attestation.TRUSTED);
        assertThat(fixture.passkeys.model(passkey.aaguid()))
                .contains(
                        new AuthenticatorModel("Test Key 5", Optional.of("data:image/png;base64,iVBORw0KGgo="), false));
        assertThat(fixture.passkeys.model(new Aaguid(OTHER))).isEmpty();
    }

    @BothEngines
    @DisplayName(
            "S1-22 a certificate that does not lead to the model's maker is refused; of unknown models nobody can say")
    void untrusted() {
        PasskeyFixture fixture = fixture();
        PasskeyOwner alice = fixture.user("alice");
        SoftwareAuthenticator forged = SoftwareAuthenticator.at(PasskeyFixture.ORIGIN)
                .model(MODEL)
                .certified(attestationKey, new TestAuthority("Maker").authenticator(attestationKey.getPublic()));
        assertThat(check(fixture, alice, forged))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.ATTESTATION_UNTRUSTED));
        RegistrationCheck unknown = check(fixture, alice, genuine().model(OTHER));
        assertThat(((RegistrationCheck.Verified) unknown).passkey().attestation())
                .isEqualTo(Attestation.UNCHECKED);
    }

    @BothEngines
    @DisplayName("S1-22 with metadata a listed model must be proved, without it is believed")
    void listed() {
        PasskeyFixture fixture = fixture("passkey.allowed-models", MODEL);
        PasskeyOwner alice = fixture.user("alice");
        SoftwareAuthenticator claims =
                SoftwareAuthenticator.at(PasskeyFixture.ORIGIN).model(MODEL);
        assertThat(check(fixture, alice, claims))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.ATTESTATION_UNTRUSTED));
        assertThat(check(fixture, alice, claims.format("none")))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.ATTESTATION_UNTRUSTED));
        assertThat(check(fixture, alice, genuine())).isInstanceOf(RegistrationCheck.Verified.class);
        PasskeyFixture believing = new PasskeyFixture(database, clock, "passkey.allowed-models", MODEL);
        assertThat(check(believing, alice, claims)).isInstanceOf(RegistrationCheck.Verified.class);
    }

    @BothEngines
    @DisplayName("S1-23 a model that is known to be broken is refused from the minute that the file says so")
    void broken() {
        PasskeyFixture fixture = fixture();
        PasskeyOwner alice = fixture.user("alice");
        assertThat(check(fixture, alice, genuine())).isInstanceOf(RegistrationCheck.Verified.class);
        clock.advance(Duration.ofMinutes(1));
        write("FIDO_CERTIFIED", "REVOKED");
        assertThat(check(fixture, alice, genuine()))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.MODEL_COMPROMISED));
        assertThat(fixture.passkeys.model(new Aaguid(MODEL)).orElseThrow().compromised())
                .isTrue();
    }

    @BothEngines
    @DisplayName(
            "S1-23 a list that was never readable refuses registrations; one that becomes unreadable stays in force")
    void unreadable() {
        PasskeyFixture fixture = fixture();
        PasskeyOwner alice = fixture.user("alice");
        TestBlob.write(blob(), new byte[] {1, 2, 3}, clock.instant());
        assertThat(check(fixture, alice, genuine()))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.NO_METADATA));
        clock.advance(Duration.ofMinutes(1));
        write("FIDO_CERTIFIED");
        assertThat(check(fixture, alice, genuine())).isInstanceOf(RegistrationCheck.Verified.class);
        clock.advance(Duration.ofMinutes(1));
        TestBlob.write(blob(), new byte[] {1, 2, 3}, clock.instant());
        assertThat(check(fixture, alice, genuine())).isInstanceOf(RegistrationCheck.Verified.class);
    }

    private SoftwareAuthenticator genuine() {
        return SoftwareAuthenticator.at(PasskeyFixture.ORIGIN)
                .model(MODEL)
                .certified(attestationKey, maker.authenticator(attestationKey.getPublic()));
    }

    private static RegistrationCheck check(
            PasskeyFixture fixture, PasskeyOwner owner, SoftwareAuthenticator authenticator) {
        RegistrationStart.Started begun = fixture.begin(owner);
        return fixture.check(owner, begun.sessionId(), authenticator.create(begun.options()));
    }

    private PasskeyFixture fixture(String... settings) {
        String[] all = new String[settings.length + 4];
        System.arraycopy(settings, 0, all, 4, settings.length);
        all[0] = "passkey.metadata-file";
        all[1] = blob().toString();
        all[2] = "passkey.metadata-root";
        all[3] = folder.resolve("root.der").toString();
        return new PasskeyFixture(database, clock, all);
    }

    private void write(String... statuses) {
        TestBlob.write(
                blob(),
                blobs.of(List.of(TestBlob.entry(MODEL, "Test Key 5", maker.root(), statuses))),
                clock.instant());
        TestBlob.write(folder.resolve("root.der"), TestBlob.encoded(blobs.authority.root()), clock.instant());
    }

    private Path blob() {
        return folder.resolve("blob.jwt");
    }
}
