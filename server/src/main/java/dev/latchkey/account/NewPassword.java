package dev.latchkey.account;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Tx;
import dev.latchkey.password.BreachAnswer;
import dev.latchkey.password.PasswordJudgement;
import dev.latchkey.password.PasswordOwner;
import dev.latchkey.password.PasswordService;
import java.util.List;

/** The steps that every new password passes, whichever path sets it: policy, history, hash. Outside any transaction. */
public final class NewPassword {
    private final PasswordService passwords;
    private final AuditService audit;

    /** A password that may be set, hashed. */
    record Accepted(String hash, BreachAnswer breach) {
        @Override
        public String toString() {
            return "Accepted[redacted]";
        }
    }

    public NewPassword(PasswordService passwords, AuditService audit) {
        this.passwords = passwords;
        this.audit = audit;
    }

    /**
     * Judges and hashes.
     *
     * @param field the request field that errors name
     * @param recent hashes that it must not match
     * @throws Problem VALIDATION_ERROR with the reasons; SERVICE_UNAVAILABLE when too many hash at once
     */
    Accepted accept(String field, String password, PasswordOwner owner, List<String> recent, RequestContext context) {
        PasswordJudgement judgement = passwords.judge(field, password, owner, context.address());
        judgement.require();
        if (passwords.reusesRecent(recent, password, context.address())) {
            throw Problem.invalid(field, "reused", "You used this password before. Choose one you have not used here.");
        }
        return new Accepted(passwords.hash(password, context.address()), judgement.breach());
    }

    /** The look-up among leaked passwords fails open; that it did is on record. */
    void auditBreachCheck(Tx tx, Accepted accepted, SecurityEvent about) {
        if (accepted.breach() == BreachAnswer.UNAVAILABLE) {
            audit.record(
                    tx,
                    new SecurityEvent(
                            EventType.BREACH_CHECK_UNAVAILABLE,
                            EventType.BREACH_CHECK_UNAVAILABLE.outcome(),
                            about.tenant(),
                            about.user(),
                            about.actor(),
                            about.requestId(),
                            about.ip(),
                            about.userAgent(),
                            about.details()));
        }
    }
}
