package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

class PasskeyServiceTest {
    private PasskeyFixture fixture;
    private PasskeyOwner alice;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.fixture = new PasskeyFixture(database, clock);
        this.alice = fixture.user("alice");
        fixture.user(new TenantId("other"), "alice");
    }

    @BothEngines
    @DisplayName(
            "S1-22 S1-23 S1-24 a passkey of each algorithm registers, signs in without a user name and as a second factor")
    void everyAlgorithm() {
        for (KeyAlgorithm algorithm : fixture.config.algorithms()) {
            SoftwareAuthenticator key = SoftwareAuthenticator.with(SoftwareKey.of(algorithm), PasskeyFixture.ORIGIN);
            Passkey passkey = fixture.register(alice, key);
            assertThat(passkey.algorithm()).isEqualTo(algorithm.cose());
            assertThat(fixture.signIn(key))
                    .isEqualTo(new AuthenticationOutcome.Accepted(alice.user(), passkey.id(), true, false));

            AuthenticationStart start = fixture.secondFactor(alice);
            key.withoutUserVerification();
            assertThat(fixture.use(fixture.check(start, key.get(start.options()))))
                    .isEqualTo(new AuthenticationOutcome.Accepted(alice.user(), passkey.id(), false, false));
        }
        assertThat(fixture.list(alice)).hasSize(3);
    }
}
