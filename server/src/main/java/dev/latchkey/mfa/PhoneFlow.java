package dev.latchkey.mfa;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.otp.CodeOutcome;
import dev.latchkey.otp.LoginChannel;
import dev.latchkey.otp.LoginCodes;
import dev.latchkey.otp.SpentCode;
import dev.latchkey.phone.Phone;
import dev.latchkey.phone.PhoneConfig;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What users do with the telephone number that codes are texted to. */
public final class PhoneFlow {
    private static final String SETUP = "sms-setup";
    private static final String FACTOR = "sms";

    /** What became of a number; each case commits. */
    private sealed interface Taken {
        record Enabled(List<String> backupCodes) implements Taken {}

        record Refused(ErrorCode code) implements Taken {}
    }

    private final PhoneConfig config;
    private final Database database;
    private final UserService users;
    private final PhoneService phones;
    private final LoginCodes codes;
    private final Predicate<PhoneNumber> allowed;
    private final TextCode texts;
    private final SecondFactorSwitch secondFactors;
    private final AuditService audit;

    /** @param allowed whether a number may be texted at all */
    public PhoneFlow(
            PhoneConfig config,
            Database database,
            UserService users,
            PhoneService phones,
            LoginCodes codes,
            Predicate<PhoneNumber> allowed,
            TextCode texts,
            SecondFactorSwitch secondFactors,
            AuditService audit) {
        this.config = config;
        this.database = database;
        this.users = users;
        this.phones = phones;
        this.codes = codes;
        this.allowed = allowed;
        this.texts = texts;
        this.secondFactors = secondFactors;
        this.audit = audit;
    }

    /**
     * What texts to a number that is to be proved are counted by: apart from those to numbers in use, or a stranger who names
     * somebody's number would keep that one's own codes from them.
     */
    public static String limitKey(PhoneNumber number) {
        return "setup|" + number.value();
    }

    /** Whether a number can be set up here. */
    public boolean offered() {
        return config.enabled();
    }

    /** @throws Problem NOT_FOUND where the operator did not turn this on */
    public void requireOffered() {
        if (!offered()) {
            throw Problem.of(ErrorCode.NOT_FOUND)
                    .message("no_texts_here", "Codes by text message are not offered here.");
        }
    }

    /** The number that codes are texted to. */
    public Optional<Phone> phone(Principal.SignedIn principal) {
        return database.read(sql -> phones.find(sql, principal.user()));
    }

    /**
     * Texts a code to the number that is to be proved. The one in force stays in force until then.
     *
     * @throws Problem NOT_FOUND where the operator did not turn this on, VALIDATION_ERROR for a number that is not texted to,
     *     SERVICE_UNAVAILABLE
     */
    public void begin(Principal.SignedIn principal, PhoneNumber number, RequestContext context) {
        requireOffered();
        if (!allowed.test(number)) {
            throw Problem.invalid(
                    "phoneNumber", "not_served", "Numbers of this country are not served here. Use another one.");
        }
        texts.requireAvailable();
        database.tx(tx -> {
            User user = guarded(tx, principal);
            secondFactors.requireProof(tx, user, principal);
            texts.send(tx, user, number, attempt(principal), context);
            return number;
        });
    }

    /**
     * Takes the number whose code this is, in the place of one before it.
     *
     * @return backup codes where the account had no factor before, to be shown once; else empty
     * @throws Problem NO_PENDING_SETUP, INVALID_MFA_CODE
     */
    public List<String> enable(Principal.SignedIn principal, String code, RequestContext context) {
        Taken taken = database.tx(tx -> {
            User user = guarded(tx, principal);
            secondFactors.requireProof(tx, user, principal);
            return switch (codes.spendCode(tx, attempt(principal), code)) {
                case CodeOutcome.Spent spent -> take(tx, user, principal, spent.code(), context);
                case CodeOutcome.Wrong ignored -> refused(tx, user, "wrong_code", ErrorCode.INVALID_MFA_CODE, context);
                case CodeOutcome.Gone ignored ->
                    refused(tx, user, "no_pending_setup", ErrorCode.NO_PENDING_SETUP, context);
            };
        });
        return switch (taken) {
            case Taken.Enabled enabled -> enabled.backupCodes();
            case Taken.Refused refused -> throw Problem.of(refused.code());
        };
    }

    /**
     * Codes are texted to the number no more; with the last factor logins ask for the password alone.
     *
     * @throws Problem NOT_FOUND; MFA_REQUIRED where a role needs a second factor and this is the last
     */
    public void remove(Principal.SignedIn principal, RequestContext context) {
        database.tx(tx -> {
            User user = guarded(tx, principal);
            secondFactors.requireProof(tx, user, principal);
            PhoneNumber removed = phones.remove(tx, user.id()).orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
            audit.record(tx, event(EventType.FACTOR_REMOVED, user, removed, context));
            secondFactors.removed(tx, user, context);
            return removed;
        });
    }

    private Taken take(Tx tx, User user, Principal.SignedIn principal, SpentCode spent, RequestContext context) {
        if (!spent.user().equals(user.id()) || spent.epoch() != user.epoch() || spent.channel() != LoginChannel.SMS) {
            return refused(tx, user, "no_pending_setup", ErrorCode.NO_PENDING_SETUP, context);
        }
        PhoneNumber number = new PhoneNumber(spent.destination());
        phones.find(tx, user.id())
                .map(Phone::number)
                .filter(before -> !before.equals(number))
                .ifPresent(before -> audit.record(tx, event(EventType.FACTOR_REMOVED, user, before, context)));
        phones.put(tx, user.id(), number);
        audit.record(tx, event(EventType.FACTOR_ADDED, user, number, context));
        ProvedSession.SetUp text = ProvedSession.SetUp.TEXTED_CODE;
        return new Taken.Enabled(secondFactors.added(tx, user.id(), Optional.of(principal), text, context));
    }

    private Taken refused(Tx tx, User user, String reason, ErrorCode code, RequestContext context) {
        audit.record(
                tx,
                SecurityEvent.of(EventType.FACTOR_REFUSED, context)
                        .byUser(user.id())
                        .with(Detail.FACTOR, FACTOR)
                        .with(Detail.REASON, reason));
        return new Taken.Refused(code);
    }

    private User guarded(Tx tx, Principal.SignedIn principal) {
        if (!users.guard(tx, principal.user(), principal.epoch())) {
            throw revoked();
        }
        return users.byId(tx, principal.user()).orElseThrow(PhoneFlow::revoked);
    }

    private static SecurityEvent event(EventType type, User user, PhoneNumber number, RequestContext context) {
        return SecurityEvent.of(type, context)
                .byUser(user.id())
                .with(Detail.FACTOR, FACTOR)
                .with(Detail.FACTOR_NAME, number.masked());
    }

    /** A code is taken in the session that asked for it alone. */
    private static String attempt(Principal.SignedIn principal) {
        return TokenHash.of(SETUP, principal.session().value());
    }

    private static Problem revoked() {
        return Problem.of(ErrorCode.TOKEN_REVOKED);
    }
}
