package dev.latchkey.login;

import dev.latchkey.core.Authentication;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** The kinds of proof. */
public enum Factor {
    PASSWORD("password", "pwd"),
    /** A code or link that was mailed. Never a second factor (NIST SP 800-63B-4 section 3.1.3). */
    MAIL("mail", "email"),
    TOTP("totp", "otp"),
    BACKUP_CODE("backup-code", "otp"),
    SMS("sms", "sms"),
    /** A passkey that asked for a touch only. */
    PASSKEY("passkey", "swk"),
    /** A passkey that knew its user, by a PIN or a finger: something one has and something one knows or is. */
    VERIFIED_PASSKEY("passkey", "swk");

    private final String method;
    private final String reference;

    Factor(String method, String reference) {
        this.method = method;
        this.reference = reference;
    }

    /** As answers and the audit name it. */
    public String method() {
        return method;
    }

    /** Whether it may follow a first proof. */
    boolean second() {
        return switch (this) {
            case PASSWORD, MAIL -> false;
            case TOTP, BACKUP_CODE, SMS, PASSKEY, VERIFIED_PASSKEY -> true;
        };
    }

    /** Whether these proofs are of more than one factor. */
    static boolean multiple(Collection<Factor> proved) {
        return proved.contains(VERIFIED_PASSKEY)
                || (proved.stream().anyMatch(Factor::second) && proved.stream().anyMatch(factor -> !factor.second()));
    }

    /** The methods' names in order, separated by spaces, for the audit. */
    static String methods(Collection<Factor> proved) {
        return String.join(" ", proved.stream().map(Factor::method).sorted().toList());
    }

    /**
     * The factors that {@link #references} names, as far as it tells them apart: of codes the stored kind is lost, and any
     * second factor stands for them.
     */
    static Set<Factor> of(Set<String> references) {
        Set<Factor> factors = EnumSet.noneOf(Factor.class);
        for (Factor factor : values()) {
            boolean verified = factor != VERIFIED_PASSKEY || references.contains("user");
            if (factor != BACKUP_CODE && references.contains(factor.reference) && verified) {
                factors.add(factor);
            }
        }
        return factors;
    }

    /** What {@code amr} says of these proofs (RFC 8176 section 2). */
    static Set<String> references(Collection<Factor> proved) {
        Set<String> references = new TreeSet<>();
        proved.forEach(factor -> references.add(factor.reference));
        if (proved.contains(VERIFIED_PASSKEY)) {
            references.add("user");
        }
        if (multiple(proved)) {
            references.add(Authentication.MULTIPLE);
        }
        return references;
    }
}
