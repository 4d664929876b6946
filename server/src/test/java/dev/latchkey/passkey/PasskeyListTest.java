package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.PasskeyId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

class PasskeyListTest {
    private MutableClock clock;
    private PasskeyFixture fixture;
    private PasskeyOwner alice;
    private PasskeyOwner bob;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.clock = clock;
        this.fixture = new PasskeyFixture(database, clock);
        this.alice = fixture.user("alice");
        this.bob = fixture.user("bob");
    }

    @BothEngines
    @DisplayName("S1-23 a passkey is kept with all that lists show, and each use brings it up to date")
    void kept() {
        Instant registered = clock.instant();
        SoftwareAuthenticator key = SoftwareAuthenticator.at(PasskeyFixture.ORIGIN)
                .model("d8522d9f-575b-4866-88a9-ba99fa02f35b")
                .flags(SoftwareAuthenticator.UP | SoftwareAuthenticator.BE);
        Passkey passkey = fixture.register(alice, key);
        assertThat(passkey)
                .isEqualTo(new Passkey(
                        passkey.id(),
                        alice.user(),
                        passkey.credentialId(),
                        "login.example.org",
                        -7,
                        0,
                        false,
                        true,
                        false,
                        Optional.of(true),
                        Optional.of("platform"),
                        List.of("internal", "hybrid"),
                        new Aaguid("d8522d9f-575b-4866-88a9-ba99fa02f35b"),
                        Attestation.SELF,
                        "packed",
                        "Laptop",
                        registered,
                        Optional.empty(),
                        Optional.empty()));
        assertThat(passkey.deviceBound()).isFalse();

        clock.advance(Duration.ofHours(1));
        key.flags(SoftwareAuthenticator.UP
                | SoftwareAuthenticator.UV
                | SoftwareAuthenticator.BE
                | SoftwareAuthenticator.BS);
        assertThat(fixture.signIn(key))
                .isEqualTo(new AuthenticationOutcome.Accepted(alice.user(), passkey.id(), true, true));
        Passkey used = fixture.list(alice).getFirst();
        assertThat(used.lastUsedAt()).contains(clock.instant());
        assertThat(used.createdAt()).isEqualTo(registered);
        assertThat(used.backedUp()).isTrue();
        assertThat(used.userVerified()).isTrue();
    }

    @BothEngines
    @DisplayName("S1-23 several a user, oldest first; renamed and removed by their user alone")
    void owned() {
        Passkey first = fixture.register(alice, SoftwareAuthenticator.at(PasskeyFixture.ORIGIN));
        clock.advance(Duration.ofSeconds(1));
        Passkey second = fixture.register(alice, SoftwareAuthenticator.at(PasskeyFixture.ORIGIN));
        assertThat(fixture.list(alice)).containsExactly(first, second);

        assertThat(rename(bob, first.id())).isFalse();
        assertThat(remove(bob, first.id())).isEmpty();
        assertThat(fixture.list(alice)).containsExactly(first, second);

        assertThat(rename(alice, first.id())).isTrue();
        assertThat(fixture.list(alice)).extracting(Passkey::name).containsExactly("Blue key", "Laptop");
        assertThat(remove(alice, second.id())).contains(second);
        assertThat(remove(alice, second.id())).isEmpty();
        assertThat(enrolled(alice)).isTrue();
        assertThat(enrolled(bob)).isFalse();
        assertThat(fixture.database.<Integer>tx(tx -> fixture.passkeys.removeAll(tx, alice.user())))
                .isEqualTo(1);
        assertThat(enrolled(alice)).isFalse();
    }

    private boolean rename(PasskeyOwner owner, PasskeyId id) {
        return fixture.database.tx(tx -> fixture.passkeys.rename(tx, owner.user(), id, "Blue key"));
    }

    private Optional<Passkey> remove(PasskeyOwner owner, PasskeyId id) {
        return fixture.database.tx(tx -> fixture.passkeys.remove(tx, owner.user(), id));
    }

    private boolean enrolled(PasskeyOwner owner) {
        return fixture.database.read(sql -> fixture.passkeys.enrolled(sql, owner.user()));
    }
}
