package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

/** One thing wrong at a time; the same answer without it is accepted. */
class AuthenticationRefusalsTest {
    private TestDatabase database;
    private MutableClock clock;
    private PasskeyFixture fixture;
    private PasskeyOwner alice;
    private PasskeyOwner bob;
    private SoftwareAuthenticator key;
    private Passkey passkey;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.database = database;
        this.clock = clock;
        this.fixture = new PasskeyFixture(database, clock);
        this.alice = fixture.user("alice");
        this.bob = fixture.user("bob");
        this.key = SoftwareAuthenticator.at(PasskeyFixture.ORIGIN).counter(10);
        this.passkey = fixture.register(alice, key);
    }

    @BothEngines
    @DisplayName("S1-24 each wrong field of an authentication is refused for its own reason, on every path")
    void everyField() {
        Map<PasskeyRefusal, Consumer<SoftwareAuthenticator.Answer>> changes = new LinkedHashMap<>();
        changes.put(PasskeyRefusal.TYPE, answer -> answer.type = "webauthn.create2");
        changes.put(
                PasskeyRefusal.CHALLENGE, answer -> answer.challenge = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        changes.put(PasskeyRefusal.ORIGIN, answer -> answer.origin = "https://evil.example");
        changes.put(PasskeyRefusal.CROSS_ORIGIN, answer -> answer.clientDataRest = ",\"crossOrigin\":true");
        changes.put(PasskeyRefusal.RP_ID, answer -> answer.rpId = "example.org");
        changes.put(PasskeyRefusal.USER_PRESENCE, answer -> answer.flags &= ~SoftwareAuthenticator.UP);
        changes.put(PasskeyRefusal.BACKUP_STATE, answer -> answer.flags |= SoftwareAuthenticator.BS);
        changes.put(PasskeyRefusal.BACKUP_ELIGIBILITY, answer -> answer.flags |= SoftwareAuthenticator.BE);
        changes.put(PasskeyRefusal.ATTESTED_DATA, answer -> answer.flags |= SoftwareAuthenticator.AT);
        changes.put(PasskeyRefusal.SIGNATURE, answer -> answer.signed = false);
        changes.put(PasskeyRefusal.UNKNOWN_PASSKEY, answer -> answer.credentialId = new byte[32]);
        changes.put(PasskeyRefusal.USER_HANDLE, answer -> answer.userHandle = Optional.of(bob.handle()));
        changes.put(PasskeyRefusal.MALFORMED, answer -> answer.trailing = new byte[] {1, 2, 3});
        changes.forEach((expected, change) -> {
            assertThat(refusal(fixture.anyone(), change))
                    .as("anyone " + expected)
                    .isEqualTo(expected);
            assertThat(refusal(fixture.secondFactor(alice), change))
                    .as("second factor " + expected)
                    .isEqualTo(expected);
        });
        assertThat(fixture.list(alice)).containsExactly(passkey);
        assertThat(fixture.signIn(key)).isInstanceOf(AuthenticationOutcome.Accepted.class);
    }

    @BothEngines
    @DisplayName("S1-22 N6 signing in without a password requires user verification, a second factor does not")
    void userVerification() {
        key.withoutUserVerification();
        assertThat(refusal(fixture.anyone(), answer -> {})).isEqualTo(PasskeyRefusal.USER_VERIFICATION);
        AuthenticationStart named = fixture.passkeys.beginAuthentication(new AuthenticationWish(
                TenantId.MAIN, Optional.of(alice.user()), PasskeyUse.PASSWORDLESS, false, PasskeyFixture.BINDING));
        assertThat(named.options().userVerification()).isEqualTo("required");
        assertThat(refusal(named, answer -> {})).isEqualTo(PasskeyRefusal.USER_VERIFICATION);
        AuthenticationStart second = fixture.secondFactor(alice);
        assertThat(second.options().userVerification()).isEqualTo("preferred");
        assertThat(fixture.use(fixture.check(second, key.get(second.options()))))
                .isEqualTo(new AuthenticationOutcome.Accepted(alice.user(), passkey.id(), false, false));
    }

    @BothEngines
    @DisplayName(
            "S1-24 a passkey lets in nobody but its user: another's is refused as a second factor, whoever it names")
    void otherUser() {
        AuthenticationStart start = fixture.secondFactor(bob);
        assertThat(fixture.check(start, key.get(start.options())))
                .isEqualTo(refused(PasskeyRefusal.OTHER_USER, bob.user(), passkey.id()));
        AuthenticationStart again = fixture.secondFactor(bob);
        assertThat(refusal(again, answer -> answer.userHandle = Optional.of(bob.handle())))
                .isEqualTo(PasskeyRefusal.OTHER_USER);
    }

    @BothEngines
    @DisplayName("S1-24 without a user name the authenticator must name its user; with one it may be silent")
    void silentAuthenticator() {
        assertThat(refusal(fixture.anyone(), answer -> answer.userHandle = Optional.empty()))
                .isEqualTo(PasskeyRefusal.USER_HANDLE);
        AuthenticationStart start = fixture.secondFactor(alice);
        AuthenticationResponse silent = key.get(start.options(), answer -> answer.userHandle = Optional.empty());
        assertThat(fixture.use(fixture.check(start, silent))).isInstanceOf(AuthenticationOutcome.Accepted.class);
    }

    @BothEngines
    @DisplayName("S1-24 another tenant knows neither the ceremony nor the passkey")
    void otherTenant() {
        TenantId other = new TenantId("other");
        AuthenticationStart start = fixture.anyone();
        assertThat(fixture.passkeys.verifyAuthentication(
                        other, start.sessionId(), PasskeyFixture.BINDING, key.get(start.options())))
                .isEqualTo(AuthenticationCheck.Refused.of(PasskeyRefusal.NO_CEREMONY));
        AuthenticationStart there =
                fixture.passkeys.beginAuthentication(AuthenticationWish.anyone(other, false, PasskeyFixture.BINDING));
        assertThat(fixture.passkeys.verifyAuthentication(
                        other, there.sessionId(), PasskeyFixture.BINDING, key.get(there.options())))
                .isEqualTo(AuthenticationCheck.Refused.of(PasskeyRefusal.UNKNOWN_PASSKEY));
    }

    @BothEngines
    @DisplayName("S1-24 a passkey of another domain is not offered and refused")
    void otherDomain() {
        PasskeyFixture moved = new PasskeyFixture(database, clock, "passkey.rp-id", "example.org");
        AuthenticationStart start = moved.secondFactor(alice);
        assertThat(start.options().allowCredentials()).isEmpty();
        AuthenticationCheck check = moved.check(start, key.get(start.options()));
        assertThat(check).isEqualTo(refused(PasskeyRefusal.RP_ID, alice.user(), passkey.id()));
        assertThat(moved.list(alice)).extracting(Passkey::rpId).containsExactly("login.example.org");
    }

    @BothEngines
    @DisplayName("S1-24 the two spellings of a credential id must agree, and only public keys are credentials")
    void spellings() {
        AuthenticationStart start = fixture.anyone();
        AuthenticationResponse right = key.get(start.options());
        AuthenticationResponse differing =
                new AuthenticationResponse(right.id(), "AAAA", right.type(), right.response());
        assertThat(fixture.check(start, differing))
                .isEqualTo(AuthenticationCheck.Refused.of(PasskeyRefusal.CREDENTIAL_ID));
        AuthenticationStart next = fixture.anyone();
        AuthenticationResponse password =
                new AuthenticationResponse(right.id(), right.rawId(), "password", right.response());
        assertThat(fixture.check(next, password)).isEqualTo(AuthenticationCheck.Refused.of(PasskeyRefusal.MALFORMED));
    }

    @BothEngines
    @DisplayName("S1-24 a removed passkey lets nobody in, also in the middle of a ceremony")
    void removed() {
        AuthenticationStart start = fixture.anyone();
        AuthenticationCheck check = fixture.check(start, key.get(start.options()));
        Optional<Passkey> gone = fixture.database.tx(tx -> fixture.passkeys.remove(tx, alice.user(), passkey.id()));
        assertThat(gone).contains(passkey);
        assertThat(fixture.use(check))
                .isEqualTo(
                        new AuthenticationOutcome.Refused(PasskeyRefusal.UNKNOWN_PASSKEY, alice.user(), passkey.id()));
        assertThat(refusal(fixture.anyone(), answer -> {})).isEqualTo(PasskeyRefusal.UNKNOWN_PASSKEY);
        assertThat(fixture.list(alice)).isEqualTo(List.of());
    }

    private static AuthenticationCheck.Refused refused(PasskeyRefusal refusal, UserId user, PasskeyId passkey) {
        return new AuthenticationCheck.Refused(refusal, Optional.of(user), Optional.of(passkey));
    }

    private PasskeyRefusal refusal(AuthenticationStart start, Consumer<SoftwareAuthenticator.Answer> change) {
        AuthenticationCheck check = fixture.check(start, key.get(start.options(), change));
        assertThat(check).isInstanceOf(AuthenticationCheck.Refused.class);
        return ((AuthenticationCheck.Refused) check).refusal();
    }
}
