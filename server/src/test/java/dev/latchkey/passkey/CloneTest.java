package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Race;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

class CloneTest {
    private MutableClock clock;
    private PasskeyFixture fixture;
    private PasskeyOwner alice;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.clock = clock;
        this.fixture = new PasskeyFixture(database, clock);
        this.alice = fixture.user("alice");
    }

    @BothEngines
    @DisplayName(
            "S1-24 a counter that goes back is refused for its own reason, marks the key, and the key stays refused")
    void goesBack() {
        SoftwareAuthenticator original =
                SoftwareAuthenticator.at(PasskeyFixture.ORIGIN).counter(5);
        Passkey passkey = fixture.register(alice, original);
        assertThat(passkey.signCount()).isEqualTo(6);
        SoftwareAuthenticator copy = original.copy();
        assertThat(fixture.signIn(original)).isInstanceOf(AuthenticationOutcome.Accepted.class);

        assertThat(fixture.signIn(copy))
                .isEqualTo(new AuthenticationOutcome.Refused(PasskeyRefusal.COUNTER, alice.user(), passkey.id()));
        Passkey marked = fixture.list(alice).getFirst();
        assertThat(marked.cloneSuspectedAt()).contains(clock.instant());
        assertThat(marked.signCount()).isEqualTo(7);

        AuthenticationStart start = fixture.anyone();
        assertThat(fixture.check(start, original.get(start.options())))
                .as("the original too: nobody knows which is which")
                .isInstanceOfSatisfying(
                        AuthenticationCheck.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(PasskeyRefusal.CLONE_SUSPECTED));
        assertThat(fixture.database.<Boolean>read(sql -> fixture.passkeys.enrolled(sql, alice.user())))
                .as("the account still asks for it")
                .isTrue();
    }

    @BothEngines
    @DisplayName(
            "S1-24 a counter that stands still or falls to zero is a copy's; authenticators that never count are not")
    void standsStill() {
        SoftwareAuthenticator counting =
                SoftwareAuthenticator.at(PasskeyFixture.ORIGIN).counter(5);
        fixture.register(alice, counting);
        AuthenticationStart start = fixture.anyone();
        assertThat(fixture.use(fixture.check(start, counting.get(start.options(), answer -> answer.counter = 6))))
                .isInstanceOfSatisfying(
                        AuthenticationOutcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(PasskeyRefusal.COUNTER));

        SoftwareAuthenticator reset =
                SoftwareAuthenticator.at(PasskeyFixture.ORIGIN).counter(5);
        fixture.register(alice, reset);
        assertThat(fixture.signIn(reset.counter(0)))
                .isInstanceOfSatisfying(
                        AuthenticationOutcome.Refused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(PasskeyRefusal.COUNTER));

        SoftwareAuthenticator still = SoftwareAuthenticator.at(PasskeyFixture.ORIGIN);
        fixture.register(alice, still);
        for (int i = 0; i < 3; i++) {
            assertThat(fixture.signIn(still)).isInstanceOf(AuthenticationOutcome.Accepted.class);
        }
    }

    @BothEngines
    @DisplayName(
            "S1-24 of fifty copies that answer at once with one counter exactly one is let in, and the key is marked")
    void copiesAtOnce() {
        SoftwareAuthenticator original =
                SoftwareAuthenticator.at(PasskeyFixture.ORIGIN).counter(5);
        fixture.register(alice, original);
        Queue<AuthenticationCheck> verified = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 50; i++) {
            AuthenticationStart start = fixture.anyone();
            verified.add(fixture.check(start, original.copy().get(start.options())));
        }
        List<AuthenticationOutcome> outcomes = Race.of(50, () -> fixture.use(verified.remove()));
        assertThat(outcomes)
                .filteredOn(AuthenticationOutcome.Accepted.class::isInstance)
                .hasSize(1);
        assertThat(outcomes)
                .filteredOn(AuthenticationOutcome.Refused.class::isInstance)
                .extracting(outcome -> ((AuthenticationOutcome.Refused) outcome).refusal())
                .contains(PasskeyRefusal.COUNTER)
                .containsOnly(PasskeyRefusal.COUNTER, PasskeyRefusal.CLONE_SUSPECTED);
        assertThat(fixture.list(alice).getFirst().cloneSuspectedAt()).isPresent();
    }
}
