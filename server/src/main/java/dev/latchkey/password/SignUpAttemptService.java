package dev.latchkey.password;

import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Remembers with which password somebody signed up where an address must be verified. Sign-up answers alike for free and taken
 * addresses; a login with the same password must too, or it would tell what sign-up does not: so at a taken address that password
 * is answered as that of an account that waits for its verification.
 */
public final class SignUpAttemptService {
    private static final Duration KEPT = Duration.ofDays(90);
    private static final int SALT_BYTES = 16;

    private final PasswordService passwords;
    private final UnaryOperator<String> subjectHash;
    private final Clock clock;
    private final SignUpAttemptStore store = new SignUpAttemptStore();

    /** @param subjectHash a keyed hash, so that the table names nobody */
    public SignUpAttemptService(PasswordService passwords, UnaryOperator<String> subjectHash, Clock clock) {
        this.passwords = passwords;
        this.subjectHash = subjectHash;
        this.clock = clock;
    }

    /**
     * What is remembered of address and password: the same for the same two, and as slow to compute as a password's hash. Outside
     * transactions.
     *
     * @throws dev.latchkey.core.Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too many wait
     */
    public String mark(TenantId tenant, EmailAddress email, String password, ClientAddress from) {
        byte[] salt = Arrays.copyOf(subject(tenant, email).getBytes(StandardCharsets.US_ASCII), SALT_BYTES);
        byte[] digest = passwords.digest(password, salt, from);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /**
     * @param mark of this address
     * @param madeAccount whether the address had no account, so that this password became its account's
     */
    public void remember(Tx tx, TenantId tenant, EmailAddress email, String mark, boolean madeAccount) {
        store.put(
                tx,
                tenant,
                subject(tenant, email),
                mark,
                madeAccount,
                clock.instant().plus(KEPT));
    }

    /** Whether anybody signed up at the address lately with another password than the sign-up that made its account. */
    public boolean anotherThanFirst(Sql sql, TenantId tenant, EmailAddress email) {
        List<Optional<Boolean>> marks = store.madeAccount(sql, tenant, subject(tenant, email), clock.instant());
        return marks.size() > 1 || marks.contains(Optional.of(false));
    }

    /** Whether anybody signed up at the address lately; if not there is no mark to compute. */
    public boolean any(Sql sql, TenantId tenant, EmailAddress email) {
        return store.any(sql, tenant, subject(tenant, email), clock.instant());
    }

    public boolean has(Sql sql, TenantId tenant, EmailAddress email, String mark) {
        return store.has(sql, tenant, subject(tenant, email), mark, clock.instant());
    }

    /** Once the mailbox's owner has proved it, or set a password, what others tried means nothing. */
    public void forget(Tx tx, TenantId tenant, EmailAddress email) {
        store.delete(tx, tenant, subject(tenant, email));
    }

    /** Deletes at most {@code most} that are over; answers how many there were. */
    public int deleteExpired(Tx tx, int most) {
        return store.deleteExpired(tx, clock.instant(), most);
    }

    private String subject(TenantId tenant, EmailAddress email) {
        return subjectHash.apply(tenant.value() + '|' + email.folded());
    }
}
