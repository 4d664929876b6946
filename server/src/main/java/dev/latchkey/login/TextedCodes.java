package dev.latchkey.login;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.otp.IssuedCode;
import dev.latchkey.otp.LoginChannel;
import dev.latchkey.otp.LoginCodes;
import dev.latchkey.outbox.Outbox;
import dev.latchkey.phone.Phone;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.sms.SmsDelivery;
import dev.latchkey.sms.SmsMessage;
import dev.latchkey.sms.SmsTemplate;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Texts codes to proved numbers, each good for the one attempt that asked: a login that waits, or a session that is to be raised
 * (NIST SP 800-63B-4 section 3.1.3, OWASP ASVS 5.0 V6.6.2). Never to a number that a request brought.
 */
public final class TextedCodes {
    private static final String LOGIN = "sms-login";
    private static final String STEP_UP = "sms-step-up";

    /**
     * What was sent.
     *
     * @param sentTo the end of the number
     * @param expiresIn seconds
     */
    public record Sent(String sentTo, long expiresIn) {
        /** To this number, just now. */
        public static Sent to(PhoneNumber number) {
            return new Sent(number.masked(), LoginCodes.LIFETIME.toSeconds());
        }
    }

    private final Database database;
    private final UserService users;
    private final PhoneService phones;
    private final LoginCodes codes;
    private final SmsDelivery texts;
    private final Outbox outbox;
    private final LoginFlow login;
    private final AuditService audit;

    public TextedCodes(
            Database database,
            UserService users,
            PhoneService phones,
            LoginCodes codes,
            SmsDelivery texts,
            Outbox outbox,
            LoginFlow login,
            AuditService audit) {
        this.database = database;
        this.users = users;
        this.phones = phones;
        this.codes = codes;
        this.texts = texts;
        this.outbox = outbox;
        this.login = login;
        this.audit = audit;
    }

    /**
     * Texts the code that a waiting login asks for.
     *
     * @throws Problem LOGIN_EXPIRED; NOT_FOUND where the account has no number; SERVICE_UNAVAILABLE where no text can be sent
     */
    public Sent forLogin(String handle, RequestContext context) {
        Attempt attempt = login.attempt(handle);
        if (!(login.standing(handle, context).orElse(null) instanceof LoginOutcome.Challenged challenged)
                || !challenged.anyOf().contains(Factor.SMS)) {
            throw noNumber();
        }
        return send(attempt.user().orElseThrow(), attempt.epoch(), ofLogin(handle), ErrorCode.LOGIN_EXPIRED, context);
    }

    /**
     * Texts the code that raises a session, or proves for a change that it is its owner.
     *
     * @throws Problem NOT_FOUND, SERVICE_UNAVAILABLE, TOKEN_REVOKED
     */
    public Sent forStepUp(Principal.SignedIn principal, RequestContext context) {
        String attempt = ofSession(principal.session());
        return send(principal.user(), principal.epoch(), attempt, ErrorCode.TOKEN_REVOKED, context);
    }

    /** Whom a code for this login would be sent to: what its limit is counted by. */
    public Optional<PhoneNumber> number(String handle) {
        return login.waiting(handle).flatMap(this::number);
    }

    /** The user's number. */
    public Optional<PhoneNumber> number(UserId user) {
        return database.read(sql -> phones.find(sql, user).map(Phone::number));
    }

    /**
     * Texts a code; commit it with what it is for.
     *
     * @param attempt a hash of what only the client that asks holds
     */
    public void send(Tx tx, User user, PhoneNumber number, String attempt, RequestContext context) {
        IssuedCode code = codes.issue(
                tx, user.tenant(), Optional.of(user.id()), user.epoch(), LoginChannel.SMS, attempt, number.value());
        Locale locale = user.profile().locale().map(Locale::forLanguageTag).orElse(Locale.ENGLISH);
        Map<String, String> values = Map.of(
                SmsMessage.CODE, code.code(),
                SmsMessage.EXPIRES_AT, code.expiresAt().toString());
        outbox.enqueue(tx, new SmsMessage(user.tenant(), number, SmsTemplate.LOGIN_CODE, values, locale));
        audit.record(
                tx,
                SecurityEvent.of(EventType.FACTOR_CODE_SENT, context)
                        .about(user.id())
                        .with(Detail.FACTOR, Factor.SMS.method())
                        .with(Detail.FACTOR_NAME, number.masked()));
    }

    /** @throws Problem SERVICE_UNAVAILABLE where no text can be sent */
    public void requireAvailable() {
        if (!texts.available()) {
            throw Problem.of(ErrorCode.SERVICE_UNAVAILABLE)
                    .message(
                            "texts_away",
                            "Text messages cannot be sent at present. Use another way to confirm that it is you.");
        }
    }

    private Sent send(UserId id, long epoch, String attempt, ErrorCode moved, RequestContext context) {
        requireAvailable();
        return database.tx(tx -> {
            if (!users.guard(tx, id, epoch)) {
                throw Problem.of(moved, "the account changed meanwhile");
            }
            PhoneNumber number =
                    phones.find(tx, id).orElseThrow(TextedCodes::noNumber).number();
            send(tx, users.byId(tx, id).orElseThrow(), number, attempt, context);
            return Sent.to(number);
        });
    }

    private static Problem noNumber() {
        return Problem.of(ErrorCode.NOT_FOUND)
                .message("no_phone", "No code can be texted: this account has no telephone number.");
    }

    /** What a code for this waiting login is bound to. */
    static String ofLogin(String handle) {
        return TokenHash.of(LOGIN, handle);
    }

    /** What a code for this session is bound to. */
    public static String ofSession(SessionId session) {
        return TokenHash.of(STEP_UP, session.value());
    }
}
