package dev.latchkey.otp;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.TypedCode;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes and spends the codes, and the links beside them, that a login sends. */
public final class LoginCodes {
    public static final Duration LIFETIME = Duration.ofMinutes(10);
    /** Wrong codes after which code and link are dead, the last one included. */
    public static final int TRIES = 5;

    private static final String DIGITS = "0123456789";
    private static final int LENGTH = 6;
    private static final String CODE = "login-code";
    private static final String LINK = "login-link";
    private static final int REAP_BATCH = 500;

    private final Sealer sealer;
    private final Secrets secrets;
    private final Clock clock;
    private final LoginCodeStore store = new LoginCodeStore();

    public LoginCodes(Sealer sealer, Secrets secrets, Clock clock) {
        this.sealer = sealer;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Makes a code and a link. One that this attempt had is void.
     *
     * @param user empty where nobody was to be found: the same is written, and nothing ever spends it
     * @param attemptHash of the handle that only the browser that asks holds
     * @param destination the folded address or the number that it will be sent to
     */
    public IssuedCode issue(
            Tx tx,
            TenantId tenant,
            Optional<UserId> user,
            long epoch,
            LoginChannel channel,
            String attemptHash,
            String destination) {
        String code = secrets.code(DIGITS, LENGTH);
        String link = secrets.token();
        Instant expiresAt = clock.instant().plus(LIFETIME);
        store.put(
                tx,
                tenant,
                user.map(UserId::value).orElse(null),
                new LoginCodeStore.Row(
                        attemptHash,
                        epoch,
                        channel,
                        destination,
                        sealer.keyedHash(CODE, bound(attemptHash, code)),
                        TokenHash.of(LINK, link),
                        TRIES,
                        expiresAt));
        return new IssuedCode(code, link, expiresAt);
    }

    /** Whose code the attempt has, also one that is over; empty where it has none, or one of an address that nobody has. */
    public Optional<CodeOwner> ownerOf(Sql sql, String attemptHash) {
        return store.ownerOf(sql, attemptHash);
    }

    /** Spends the attempt's code, once, or costs it a try. Forgives spaces and dashes. */
    public CodeOutcome spendCode(Tx tx, String attemptHash, String code) {
        // The try is taken first: its row lock makes simultaneous tries wait for one another.
        Optional<LoginCodeStore.Tried> tried = store.tryOnce(tx, attemptHash, clock.instant());
        if (tried.isEmpty()) {
            return new CodeOutcome.Gone();
        }
        String typed = bound(attemptHash, TypedCode.plain(code));
        boolean right = sealer.matchesKeyedHash(CODE, typed, tried.get().codeHash());
        Optional<SpentCode> spent = right ? store.takeByAttempt(tx, attemptHash) : Optional.empty();
        if (spent.isEmpty()) {
            return new CodeOutcome.Wrong(tried.get().triesLeft());
        }
        store.deleteOfUser(tx, spent.get().user());
        return new CodeOutcome.Spent(spent.get());
    }

    /**
     * Spends the link, once, in the browser that asked.
     *
     * @param attemptHash of the handle this browser holds; empty where it holds none
     */
    public LinkOutcome spendLink(Tx tx, String linkSecret, Optional<String> attemptHash) {
        String link = TokenHash.of(LINK, linkSecret);
        Instant now = clock.instant();
        Optional<SpentCode> spent = attemptHash.flatMap(attempt -> store.takeByLink(tx, link, attempt, now));
        if (spent.isPresent()) {
            store.deleteOfUser(tx, spent.get().user());
            return new LinkOutcome.Spent(spent.get());
        }
        return store.attemptOf(tx, link, now).isPresent() ? new LinkOutcome.OtherBrowser() : new LinkOutcome.Gone();
    }

    /** What a click on the link would do, without spending it. */
    public LinkPromise peekLink(Sql sql, String linkSecret, Optional<String> attemptHash) {
        return store.attemptOf(sql, TokenHash.of(LINK, linkSecret), clock.instant())
                .map(attempt -> attemptHash.equals(Optional.of(attempt)) ? LinkPromise.HERE : LinkPromise.ELSEWHERE)
                .orElse(LinkPromise.GONE);
    }

    /** Voids what the attempt was sent. */
    public void voidOfAttempt(Tx tx, String attemptHash) {
        store.deleteOfAttempt(tx, attemptHash);
    }

    /** Voids all that the user was sent. */
    public void voidOfUser(Tx tx, UserId user) {
        store.deleteOfUser(tx, user);
    }

    /** Deletes a batch of codes that are over. Answers how many. */
    public int reap(Tx tx) {
        return store.deleteExpired(tx, clock.instant(), REAP_BATCH);
    }

    private static String bound(String attemptHash, String code) {
        return attemptHash + '|' + code;
    }
}
