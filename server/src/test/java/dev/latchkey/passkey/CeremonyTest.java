package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.boot.Race;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.ephemeral.Count;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

class CeremonyTest {
    private static final Duration TIMEOUT_AND_GRACE = Duration.ofSeconds(90);

    private MutableClock clock;
    private PasskeyFixture fixture;
    private PasskeyOwner alice;
    private SoftwareAuthenticator key;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.clock = clock;
        this.fixture = new PasskeyFixture(database, clock);
        this.alice = fixture.user("alice");
        this.key = SoftwareAuthenticator.at(PasskeyFixture.ORIGIN);
    }

    @BothEngines
    @DisplayName("S1-24 of fifty parallel uses of one challenge exactly one is let in")
    void raceOfAuthentications() {
        fixture.register(alice, key);
        AuthenticationStart start = fixture.anyone();
        AuthenticationResponse answer = key.get(start.options());
        List<AuthenticationCheck> checks = Race.of(50, () -> fixture.check(start, answer));
        assertThat(checks)
                .filteredOn(AuthenticationCheck.Verified.class::isInstance)
                .hasSize(1);
        assertThat(checks)
                .filteredOn(AuthenticationCheck.Refused.class::isInstance)
                .containsOnly(AuthenticationCheck.Refused.of(PasskeyRefusal.NO_CEREMONY));
    }

    @BothEngines
    @DisplayName("S1-22 of fifty parallel answers to one registration exactly one is stored")
    void raceOfRegistrations() {
        RegistrationStart.Started begun = fixture.begin(alice);
        RegistrationResponse answer = key.create(begun.options());
        List<RegistrationCheck> checks = Race.of(50, () -> fixture.check(alice, begun.sessionId(), answer));
        assertThat(checks)
                .filteredOn(RegistrationCheck.Verified.class::isInstance)
                .hasSize(1);
        assertThat(checks)
                .filteredOn(RegistrationCheck.Refused.class::isInstance)
                .containsOnly(new RegistrationCheck.Refused(PasskeyRefusal.NO_CEREMONY));
    }

    @BothEngines
    @DisplayName("S1-22 of fifty verified registrations of one credential exactly one is stored")
    void raceOfStores() {
        RegistrationStart.Started begun = fixture.begin(alice);
        RegistrationCheck check = fixture.check(alice, begun.sessionId(), key.create(begun.options()));
        List<RegistrationOutcome> outcomes = Race.of(50, () -> fixture.store(check));
        assertThat(outcomes)
                .filteredOn(RegistrationOutcome.Registered.class::isInstance)
                .hasSize(1);
        assertThat(fixture.list(alice)).hasSize(1);
    }

    @BothEngines
    @DisplayName("S1-22 S1-24 a challenge expires with the browser's time and its way back")
    void expires() {
        fixture.register(alice, key);
        AuthenticationStart first = fixture.anyone();
        clock.advance(TIMEOUT_AND_GRACE.minusMillis(1));
        assertThat(fixture.check(first, key.get(first.options()))).isInstanceOf(AuthenticationCheck.Verified.class);
        AuthenticationStart late = fixture.anyone();
        RegistrationStart.Started registration = fixture.begin(alice);
        clock.advance(TIMEOUT_AND_GRACE);
        assertThat(fixture.check(late, key.get(late.options())))
                .isEqualTo(AuthenticationCheck.Refused.of(PasskeyRefusal.NO_CEREMONY));
        assertThat(fixture.check(alice, registration.sessionId(), key.create(registration.options())))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.NO_CEREMONY));
    }

    @BothEngines
    @DisplayName("S1-24 the challenge of a page that offers passkeys beside the password waits for ten minutes")
    void autofill() {
        fixture.register(alice, key);
        AuthenticationStart start = fixture.passkeys.beginAuthentication(
                AuthenticationWish.anyone(TenantId.MAIN, true, PasskeyFixture.BINDING));
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(fixture.check(start, key.get(start.options()))).isInstanceOf(AuthenticationCheck.Verified.class);
    }

    @BothEngines
    @DisplayName("S1-24 a wrong answer spends its challenge too; an unknown session id spends nothing")
    void spentByFailure() {
        fixture.register(alice, key);
        AuthenticationStart start = fixture.anyone();
        AuthenticationResponse right = key.get(start.options());
        AuthenticationStart unknown = new AuthenticationStart("x".repeat(43), start.options());
        assertThat(fixture.check(unknown, right)).isEqualTo(AuthenticationCheck.Refused.of(PasskeyRefusal.NO_CEREMONY));
        fixture.check(start, key.get(start.options(), answer -> answer.signed = false));
        assertThat(fixture.check(start, right)).isEqualTo(AuthenticationCheck.Refused.of(PasskeyRefusal.NO_CEREMONY));
    }

    @BothEngines
    @DisplayName("S1-22 a registration belongs to its user, its session and the session id that was given out")
    void bound() {
        PasskeyOwner bob = fixture.user("bob");
        RegistrationStart.Started begun = fixture.begin(alice);
        RegistrationResponse answer = key.create(begun.options());
        assertThat(fixture.check(bob, begun.sessionId(), answer))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.NO_CEREMONY));
        assertThat(fixture.check(alice, "another", answer))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.NO_CEREMONY));
        assertThat(fixture.passkeys.verifyRegistration(
                        alice.tenant(), alice.user(), begun.sessionId(), "session-2", answer))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.OTHER_BINDING));
        assertThat(fixture.check(alice, begun.sessionId(), answer))
                .as("spent by the answer of the other session")
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.NO_CEREMONY));
    }

    @BothEngines
    @DisplayName("S1-24 an authentication belongs to the login attempt that it was begun for")
    void boundToAttempt() {
        fixture.register(alice, key);
        AuthenticationStart start = fixture.secondFactor(alice);
        AuthenticationCheck check = fixture.passkeys.verifyAuthentication(
                TenantId.MAIN, start.sessionId(), "another attempt", key.get(start.options()));
        assertThat(check)
                .isEqualTo(new AuthenticationCheck.Refused(
                        PasskeyRefusal.OTHER_BINDING, Optional.of(alice.user()), Optional.empty()));
    }

    @BothEngines
    @DisplayName("S1-22 a registration's session id is none of an authentication, nor the other way round")
    void kinds() {
        fixture.register(alice, key);
        RegistrationStart.Started registration = fixture.begin(alice);
        AuthenticationStart authentication = fixture.anyone();
        AuthenticationStart crossed = new AuthenticationStart(registration.sessionId(), authentication.options());
        assertThat(fixture.check(crossed, key.get(authentication.options())))
                .isEqualTo(AuthenticationCheck.Refused.of(PasskeyRefusal.NO_CEREMONY));
        assertThat(fixture.check(alice, authentication.sessionId(), key.create(registration.options())))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.NO_CEREMONY));
    }

    @BothEngines
    @DisplayName(
            "S1-22 a user has one registration at a time: who begins again voids the first, and a late answer to it nothing else")
    void oneRegistrationAtATime() {
        RegistrationStart.Started first = fixture.begin(alice);
        RegistrationStart.Started second = fixture.begin(alice);
        assertThat(fixture.check(alice, first.sessionId(), key.create(first.options())))
                .isEqualTo(new RegistrationCheck.Refused(PasskeyRefusal.NO_CEREMONY));
        assertThat(fixture.check(alice, second.sessionId(), key.create(second.options())))
                .isInstanceOf(RegistrationCheck.Verified.class);
    }

    @BothEngines
    @DisplayName("S1-24 where there is no room for more ceremonies new ones are refused and none is forgotten")
    void full() {
        fixture.register(alice, key);
        AuthenticationStart waiting = fixture.anyone();
        PasskeyService crowded = new PasskeyService(
                fixture.config, fixture.database, new FullStore(fixture.ephemeral), fixture.secrets, clock);
        assertThatThrownBy(() -> crowded.beginAuthentication(
                        AuthenticationWish.anyone(TenantId.MAIN, false, PasskeyFixture.BINDING)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
        assertThat(crowded.verifyAuthentication(
                        TenantId.MAIN, waiting.sessionId(), PasskeyFixture.BINDING, key.get(waiting.options())))
                .isInstanceOf(AuthenticationCheck.Verified.class);
    }

    @BothEngines
    @DisplayName("S1-24 strangers who take all the room of logins without a name take none of whoever is known already")
    void roomOfTheirOwn() {
        fixture.register(alice, key);
        Set<String> strangers = new HashSet<>();
        FullStore store = new FullStore(fixture.ephemeral, kind -> !strangers.add(kind.name()));
        PasskeyService crowded = new PasskeyService(fixture.config, fixture.database, store, fixture.secrets, clock);
        crowded.beginAuthentication(AuthenticationWish.anyone(TenantId.MAIN, true, PasskeyFixture.BINDING));
        crowded.beginAuthentication(AuthenticationWish.anyone(TenantId.MAIN, false, PasskeyFixture.BINDING));
        assertThat(strangers)
                .as("forms that are only open leave room for the button")
                .hasSize(2);

        AuthenticationStart start = crowded.beginAuthentication(
                AuthenticationWish.secondFactor(alice.tenant(), alice.user(), PasskeyFixture.BINDING));

        assertThat(crowded.verifyAuthentication(
                        TenantId.MAIN, start.sessionId(), PasskeyFixture.BINDING, key.get(start.options())))
                .isInstanceOf(AuthenticationCheck.Verified.class);
        assertThat(crowded.beginRegistration(fixture.user("bob"), PasskeyFixture.BINDING))
                .isInstanceOf(RegistrationStart.Started.class);
    }

    /** The store at the moment when the room of some kinds is taken. */
    private record FullStore(ExpiringStore store, Predicate<EntryKind> isFull) implements ExpiringStore {
        FullStore(ExpiringStore store) {
            this(store, kind -> true);
        }

        @Override
        public void put(EntryKind kind, String key, String value, Duration lifetime) {
            if (isFull.test(kind)) {
                throw ExpiringStore.full(kind);
            }
            store.put(kind, key, value, lifetime);
        }

        @Override
        public Optional<String> get(EntryKind kind, String key) {
            return store.get(kind, key);
        }

        @Override
        public Optional<String> take(EntryKind kind, String key) {
            return store.take(kind, key);
        }

        @Override
        public Count increment(EntryKind kind, String key, Duration window) {
            return store.increment(kind, key, window);
        }

        @Override
        public void decrement(EntryKind kind, String key) {
            store.decrement(kind, key);
        }

        @Override
        public void remove(EntryKind kind, String key) {
            store.remove(kind, key);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
