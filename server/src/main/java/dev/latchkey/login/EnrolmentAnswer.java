package dev.latchkey.login;

/**
 * The password was right, and this account must have a second factor but has none: set one up with the handle, at
 * {@code /api/v1/mfa/enrolment}.
 *
 * @param expiresIn seconds until the login has to begin anew
 */
public record EnrolmentAnswer(boolean requiresMFAEnrolment, String mfaToken, long expiresIn) implements LoginAnswer {
    static EnrolmentAnswer of(LoginOutcome.MustEnrol enrol) {
        return new EnrolmentAnswer(true, enrol.handle(), Attempts.LIFETIME.toSeconds());
    }

    @Override
    public String toString() {
        return "EnrolmentAnswer[redacted]";
    }
}
