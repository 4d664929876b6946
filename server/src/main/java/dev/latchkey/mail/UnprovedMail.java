package dev.latchkey.mail;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.db.Tx;
import dev.latchkey.limit.LimitPolicy;
import java.time.Clock;

/**
 * How often an address that nobody proved is written to about an account. Counted by the address, not by the account: deleting
 * that and signing up again brings no more mails.
 */
public final class UnprovedMail {
    public static final LimitPolicy POLICY = LimitPolicy.UNPROVED_EMAIL;

    private final Sealer sealer;
    private final Clock clock;
    private final UnprovedMailStore store = new UnprovedMailStore();

    public UnprovedMail(Sealer sealer, Clock clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /** Counts one mail; whether it may be sent. */
    public boolean take(Tx tx, TenantId tenant, EmailAddress to) {
        String subject = sealer.keyedHash("unproved-mail", to.folded());
        return store.add(tx, tenant, subject, clock.millis(), POLICY.window()) <= POLICY.calls();
    }

    /** Deletes at most {@code most} counts whose time is over; answers how many there were. */
    public int deleteExpired(Tx tx, int most) {
        return store.deleteExpired(tx, clock.millis(), most);
    }
}
