package dev.latchkey.page;

/** The form that adds an authenticator app to the own account. */
public record AuthenticatorPage(AccountMenu menu, EnrolmentPage enrolment) implements ReturnsTo {
    @Override
    public String returnTo() {
        return enrolment.returnTo();
    }
}
