package dev.latchkey.login;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TimeFloor;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.lifecycle.MailboxProof;
import dev.latchkey.lockout.FailureOutcome;
import dev.latchkey.lockout.GuessLimitService;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailTemplate;
import dev.latchkey.otp.CodeOutcome;
import dev.latchkey.otp.CodeOwner;
import dev.latchkey.otp.IssuedCode;
import dev.latchkey.otp.LinkOutcome;
import dev.latchkey.otp.LinkPromise;
import dev.latchkey.otp.LoginChannel;
import dev.latchkey.otp.LoginCodes;
import dev.latchkey.otp.SpentCode;
import dev.latchkey.outbox.Discarded;
import dev.latchkey.outbox.Outbox;
import dev.latchkey.outbox.OutboxMessage;
import dev.latchkey.session.SessionWish;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Signs in by a mail that holds a code and a link. Both work only where the login began: the code needs its handle, the link the
 * browser that holds it.
 */
public final class MailLogin {
    private static final String SECRET = "mail-login";

    private final Database database;
    private final UserService users;
    private final LoginCodes codes;
    private final Outbox outbox;
    private final LoginFlow login;
    private final LockoutService lockout;
    private final MailboxProof mailbox;
    private final AuditService audit;
    private final Secrets secrets;
    private final TimeFloor floor;
    private final Clock clock;

    public MailLogin(
            Database database,
            UserService users,
            LoginCodes codes,
            Outbox outbox,
            LoginFlow login,
            LockoutService lockout,
            MailboxProof mailbox,
            AuditService audit,
            Secrets secrets,
            TimeFloor floor,
            Clock clock) {
        this.database = database;
        this.users = users;
        this.codes = codes;
        this.outbox = outbox;
        this.login = login;
        this.lockout = lockout;
        this.mailbox = mailbox;
        this.audit = audit;
        this.secrets = secrets;
        this.floor = floor;
        this.clock = clock;
    }

    /** Sends the mail, if the address has an account; writes as much if it has none. Answers the handle. */
    public String begin(EmailAddress address, RequestContext context) {
        long startedAt = System.nanoTime();
        String handle = secrets.token();
        database.tx(tx -> {
            Optional<User> user = users.byEmail(tx, context.tenant(), address).filter(User::isActive);
            IssuedCode code = codes.issue(
                    tx,
                    context.tenant(),
                    user.map(User::id),
                    user.map(User::epoch).orElse(0L),
                    LoginChannel.MAIL,
                    attempt(handle),
                    address.folded());
            outbox.enqueue(
                    tx,
                    user.<OutboxMessage>map(found -> mail(found, code))
                            .orElseGet(() -> new Discarded(context.tenant())));
            SecurityEvent event = SecurityEvent.of(EventType.LOGIN_CODE_SENT, context);
            audit.record(
                    tx,
                    user.map(found -> event.about(found.id()))
                            .orElseGet(() -> event.failed("unknown")
                                    .with(Detail.NAME_HASH, audit.nameHash(context.tenant(), address.folded()))));
            return handle;
        });
        floor.await(startedAt);
        return handle;
    }

    /**
     * Wrong codes are counted over all mails of an account; after {@value GuessLimitService#MOST} in a row only the
     * link signs in, until any login does (NIST SP 800-63B-4 section 3.2.2).
     *
     * @throws Problem INVALID_LOGIN_CODE, and as every login
     */
    public LoginOutcome byCode(String handle, String code, SessionWish wish, RequestContext context) {
        long startedAt = System.nanoTime();
        try {
            return login.begin(tx -> typed(tx, attempt(handle), code, wish, context), context);
        } catch (Problem refused) {
            // Counting what was typed for somebody takes longer than refusing what was typed for nobody.
            floor.await(startedAt);
            throw refused;
        }
    }

    private SpentProof.Result typed(Tx tx, String attempt, String code, SessionWish wish, RequestContext context) {
        Optional<CodeOwner> owner = codes.ownerOf(tx, attempt);
        Optional<UserId> user = owner.map(CodeOwner::user);
        // First: it locks the user's row, so that guesses at one account come one after the other.
        if (owner.isPresent()
                && !users.guard(tx, owner.get().user(), owner.get().epoch())) {
            return refused(tx, user, "account_changed", context);
        }
        if (user.filter(id -> lockout.mailedCodes().isReached(tx, context.tenant(), id))
                .isPresent()) {
            return refused(tx, user, "login_codes_blocked", context);
        }
        return switch (codes.spendCode(tx, attempt, code)) {
            case CodeOutcome.Spent spent -> proved(tx, spent.code(), wish, context);
            case CodeOutcome.Wrong ignored -> {
                user.ifPresent(id -> count(tx, id, context));
                yield refused(tx, user, "wrong_code", context);
            }
            case CodeOutcome.Gone ignored -> refused(tx, user, "code_gone", context);
        };
    }

    private void count(Tx tx, UserId user, RequestContext context) {
        if (lockout.mailedCodes().failed(tx, context.tenant(), user) instanceof FailureOutcome.NowLocked) {
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.LOGIN_CODES_BLOCKED, context)
                            .about(user)
                            .with(Detail.REASON, "too_many_failures"));
        }
    }

    /**
     * @param handle that this browser holds
     * @throws Problem INVALID_LOGIN_CODE, also in any other browser, and as every login
     */
    public LoginOutcome byLink(String link, Optional<String> handle, SessionWish wish, RequestContext context) {
        return login.begin(
                tx -> switch (codes.spendLink(tx, link, handle.map(MailLogin::attempt))) {
                    case LinkOutcome.Spent spent -> proved(tx, spent.code(), wish, context);
                    case LinkOutcome.OtherBrowser ignored -> refused(tx, Optional.empty(), "other_browser", context);
                    case LinkOutcome.Gone ignored -> refused(tx, Optional.empty(), "link_gone", context);
                },
                context);
    }

    /** What a click on the link would do in the browser that holds this handle. */
    public LinkPromise peek(String link, Optional<String> handle) {
        return database.read(sql -> codes.peekLink(sql, link, handle.map(MailLogin::attempt)));
    }

    private SpentProof.Result proved(Tx tx, SpentCode code, SessionWish wish, RequestContext context) {
        Optional<User> found = users.guard(tx, code.user(), code.epoch())
                ? users.byId(tx, code.user())
                        .filter(user -> user.email().folded().equals(code.destination()))
                : Optional.empty();
        if (found.isEmpty()) {
            return refused(tx, Optional.of(code.user()), "account_changed", context);
        }
        User user = found.get();
        if (!user.emailVerified()) {
            // Whoever reads the mail owns the mailbox; somebody else may have made the account.
            mailbox.byOtherMail(tx, user, context);
        }
        long epoch = users.byId(tx, user.id()).orElseThrow().epoch();
        return new SpentProof.Result.Right(Attempt.begin(wish).proved(user.id(), epoch, Factor.MAIL));
    }

    private SpentProof.Result refused(Tx tx, Optional<UserId> user, String reason, RequestContext context) {
        SecurityEvent event = SecurityEvent.of(EventType.LOGIN_FAILED, context).with(Detail.REASON, reason);
        audit.record(tx, user.map(event::about).orElse(event));
        return new SpentProof.Result.Refused(ErrorCode.INVALID_LOGIN_CODE);
    }

    private MailMessage mail(User user, IssuedCode code) {
        Locale locale = user.profile().locale().map(Locale::forLanguageTag).orElse(Locale.ROOT);
        Map<String, String> values = Map.of(
                MailMessage.CODE, code.code(),
                MailMessage.TOKEN, code.linkSecret(),
                MailMessage.EXPIRES_AT, code.expiresAt().toString(),
                MailMessage.TIME, clock.instant().toString());
        return new MailMessage(user.tenant(), user.email(), MailTemplate.LOGIN_CODE, values, locale);
    }

    private static String attempt(String handle) {
        return TokenHash.of(SECRET, handle);
    }
}
