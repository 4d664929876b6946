package dev.latchkey.login;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.lockout.FailureOutcome;
import dev.latchkey.lockout.GuessLimitService;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.otp.BackupCodes;
import dev.latchkey.otp.CodeOutcome;
import dev.latchkey.otp.LoginChannel;
import dev.latchkey.otp.LoginCodes;
import dev.latchkey.otp.SpendOutcome;
import dev.latchkey.passkey.AuthenticationOutcome;
import dev.latchkey.passkey.Passkey;
import dev.latchkey.passkey.PasskeyRefusal;
import dev.latchkey.passkey.PasskeyService;
import dev.latchkey.phone.Phone;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.totp.TotpOutcome;
import dev.latchkey.totp.TotpService;
import dev.latchkey.user.User;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an account has beside its password, and the spending of it. The caller has locked the user's row. Every failure is
 * counted; after {@value GuessLimitService#MOST} in a row no code is accepted (NIST SP 800-63B-4 section 3.2.2) until
 * a passkey was, a factor was set up by whoever proved two, an administrator unlocked the account, or a recovery.
 */
public final class SecondFactors {
    /** What a proof was; each case commits. */
    public sealed interface Check {
        record Right(Factor factor) implements Check {}

        /** Or right and used before, or given up after too many failures. */
        record Wrong(ErrorCode code) implements Check {}
    }

    private final TotpService totp;
    private final BackupCodes backupCodes;
    private final PasskeyService passkeys;
    private final PhoneService phones;
    private final LoginCodes codes;
    private final LockoutService lockout;
    private final AuditService audit;

    public SecondFactors(
            TotpService totp,
            BackupCodes backupCodes,
            PasskeyService passkeys,
            PhoneService phones,
            LoginCodes codes,
            LockoutService lockout,
            AuditService audit) {
        this.totp = totp;
        this.backupCodes = backupCodes;
        this.passkeys = passkeys;
        this.phones = phones;
        this.codes = codes;
        this.lockout = lockout;
        this.audit = audit;
    }

    /** What the user can be asked for. Backup codes alone are no factor: they stand in for one. */
    Set<Factor> enrolled(Sql sql, User user) {
        Set<Factor> factors = EnumSet.noneOf(Factor.class);
        if (totp.enrolled(sql, user.id())) {
            factors.add(Factor.TOTP);
        }
        if (passkeys.enrolled(sql, user.id())) {
            factors.add(Factor.PASSKEY);
        }
        if (phones.enrolled(sql, user.id())) {
            factors.add(Factor.SMS);
        }
        if (!factors.isEmpty() && backupCodes.left(sql, user.id()) > 0) {
            factors.add(Factor.BACKUP_CODE);
        }
        return factors;
    }

    /** Whether a login that asks for a second factor could be answered. */
    public boolean hasAny(Sql sql, User user) {
        return !enrolled(sql, user).isEmpty();
    }

    /** @param failure the event that tells of a wrong proof, complete but for its reason */
    public Check spend(Tx tx, User user, Proof.Second proof, EventType failure, RequestContext context) {
        return switch (proof) {
            case Proof.Digits typed ->
                guessable(tx, user, failure, context, () -> digits(tx, user, typed, failure, context));
            case Proof.BackupCode typed ->
                guessable(tx, user, failure, context, () -> backupCode(tx, user, typed, failure, context));
            case Proof.Passkey passkey -> passkey(tx, user, passkey, failure, context);
        };
    }

    /** Nobody guesses a signature, so only codes are counted and given up. */
    private Check guessable(Tx tx, User user, EventType failure, RequestContext context, Supplier<Check> spending) {
        if (lockout.secondFactors().isReached(tx, user.tenant(), user.id())) {
            return wrong(tx, user, failure, "second_factor_blocked", context);
        }
        Check check = spending.get();
        switch (check) {
            case Check.Right ignored -> lockout.secondFactors().succeeded(tx, user.tenant(), user.id());
            case Check.Wrong ignored -> count(tx, user, context);
        }
        return check;
    }

    private Check passkey(Tx tx, User user, Proof.Passkey proof, EventType failure, RequestContext context) {
        if (!proof.verified().user().equals(user.id())) {
            return refused(tx, user, failure, PasskeyRefusal.OTHER_USER, context);
        }
        return switch (passkeys.authenticate(tx, proof.verified())) {
            case AuthenticationOutcome.Accepted accepted -> {
                // Whoever guessed the codes had no passkey: it is their owner who is back.
                lockout.secondFactors().succeeded(tx, user.tenant(), user.id());
                yield new Check.Right(accepted.userVerified() ? Factor.VERIFIED_PASSKEY : Factor.PASSKEY);
            }
            case AuthenticationOutcome.Refused refused -> {
                if (refused.refusal() == PasskeyRefusal.COUNTER) {
                    suspected(tx, user, refused.passkey(), context);
                }
                yield refused(tx, user, failure, refused.refusal(), context);
            }
        };
    }

    /** Told once: from then on it is refused as suspected. */
    private void suspected(Tx tx, User user, PasskeyId passkey, RequestContext context) {
        String name = passkeys.list(tx, user.id()).stream()
                .filter(one -> one.id().equals(passkey))
                .map(Passkey::name)
                .findFirst()
                .orElse("");
        audit.record(
                tx,
                SecurityEvent.of(EventType.PASSKEY_SUSPECTED, context)
                        .about(user.id())
                        .with(Detail.FACTOR, Factor.PASSKEY.method())
                        .with(Detail.FACTOR_ID, passkey.value())
                        .with(Detail.FACTOR_NAME, name));
    }

    private Check refused(Tx tx, User user, EventType failure, PasskeyRefusal refusal, RequestContext context) {
        wrong(tx, user, failure, "passkey:" + refusal.reason(), context);
        return new Check.Wrong(ErrorCode.INVALID_PASSKEY);
    }

    private Check digits(Tx tx, User user, Proof.Digits typed, EventType failure, RequestContext context) {
        return switch (totp.verify(tx, user.id(), typed.code())) {
            case TotpOutcome.Accepted ignored -> new Check.Right(Factor.TOTP);
            case TotpOutcome.Wrong ignored ->
                texted(tx, user, typed) ? new Check.Right(Factor.SMS) : wrong(tx, user, failure, "wrong_code", context);
            case TotpOutcome.Replayed ignored -> wrong(tx, user, failure, "code_used_before", context);
        };
    }

    /** Whether it is the code that was texted for this very attempt, to the number that the user still has. */
    private boolean texted(Tx tx, User user, Proof.Digits typed) {
        Optional<PhoneNumber> number = phones.find(tx, user.id()).map(Phone::number);
        if (number.isEmpty() || typed.attempt().isEmpty()) {
            return false;
        }
        if (!(codes.spendCode(tx, typed.attempt().get(), typed.code()) instanceof CodeOutcome.Spent spent)) {
            return false;
        }
        boolean right = spent.code().user().equals(user.id())
                && spent.code().epoch() == user.epoch()
                && spent.code().channel() == LoginChannel.SMS
                && spent.code().destination().equals(number.get().value());
        if (right) {
            phones.used(tx, user.id());
        }
        return right;
    }

    private Check backupCode(Tx tx, User user, Proof.BackupCode typed, EventType failure, RequestContext context) {
        return switch (backupCodes.spend(tx, user.id(), typed.code())) {
            case SpendOutcome.Spent spent -> {
                audit.record(
                        tx,
                        SecurityEvent.of(EventType.BACKUP_CODE_USED, context)
                                .byUser(user.id())
                                .with(Detail.LEFT, Integer.toString(spent.left())));
                yield new Check.Right(Factor.BACKUP_CODE);
            }
            case SpendOutcome.Unknown ignored -> wrong(tx, user, failure, "wrong_code", context);
        };
    }

    private Check wrong(Tx tx, User user, EventType failure, String reason, RequestContext context) {
        audit.record(tx, SecurityEvent.of(failure, context).about(user.id()).with(Detail.REASON, reason));
        return new Check.Wrong(ErrorCode.INVALID_MFA_CODE);
    }

    private void count(Tx tx, User user, RequestContext context) {
        if (lockout.secondFactors().failed(tx, user.tenant(), user.id()) instanceof FailureOutcome.NowLocked) {
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.SECOND_FACTOR_BLOCKED, context)
                            .about(user.id())
                            .with(Detail.REASON, "too_many_failures"));
        }
    }
}
