package dev.latchkey.page;

/**
 * Where the pages live that mails, the terminal and other pages link to. A GET only shows what will happen, because mail scanners follow
 * links; the form on it posts to the same path.
 */
public enum PagePath {
    VERIFY_EMAIL("/verify-email"),
    RESET_PASSWORD("/reset-password"),
    NOT_ME("/not-me"),
    UNLOCK_ACCOUNT("/unlock-account"),
    LOGIN("/login"),
    LOGIN_MAIL("/login/mail"),
    LOGIN_CODE("/login/code"),
    LOGIN_LINK("/login/link"),
    LOGIN_PASSKEY("/login/passkey"),
    SIGN_UP("/signup"),
    FORGOT("/forgot"),
    MFA("/mfa"),
    MFA_ENROLMENT("/mfa/enrolment"),
    MFA_PASSKEY("/mfa/passkey"),
    MFA_LOST("/mfa/lost"),
    RECOVERY("/recovery"),
    FIRST_ADMIN("/first-admin"),
    LOGOUT("/logout"),
    ACCOUNT("/account"),
    ACCOUNT_SECURITY("/account/security"),
    ACCOUNT_SESSIONS("/account/sessions"),
    ACCOUNT_PRIVACY("/account/privacy"),
    ACCOUNT_HISTORY("/account/history"),
    ACCOUNT_CONFIRM("/account/confirm"),
    ACCOUNT_AUTHENTICATOR("/account/authenticator");

    private final String path;

    PagePath(String path) {
        this.path = path;
    }

    /** The path on this server, beginning with a slash. */
    public String path() {
        return path;
    }
}
