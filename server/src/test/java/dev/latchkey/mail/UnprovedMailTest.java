package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Race;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.crypto.Sealers;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Database;
import dev.latchkey.db.TestDatabase;
import org.junit.jupiter.api.DisplayName;

class UnprovedMailTest {
    private static final EmailAddress VICTIM =
            EmailAddress.parse("victim@example.com").orElseThrow();

    @BothEngines
    @DisplayName(
            "principle 9: of many mails at once to an address that nobody proved five are sent; the count goes with its hour")
    void counted(TestDatabase test, MutableClock clock) {
        Database database = test.database();
        UnprovedMail unproved = new UnprovedMail(Sealers.forTests(), clock);

        assertThat(Race.of(20, () -> database.tx(tx -> unproved.take(tx, TenantId.MAIN, VICTIM))))
                .filteredOn(sent -> sent)
                .hasSize(5);

        assertThat(database.<Integer>tx(tx -> unproved.deleteExpired(tx, 100))).isZero();
        clock.advance(UnprovedMail.POLICY.window());
        assertThat(database.<Boolean>tx(tx -> unproved.take(tx, TenantId.MAIN, VICTIM)))
                .isTrue();
        clock.advance(UnprovedMail.POLICY.window());
        assertThat(database.<Integer>tx(tx -> unproved.deleteExpired(tx, 100))).isOne();
    }
}
