package dev.latchkey.page;

import java.util.Optional;

/**
 * Where the pages live that mails, the terminal and other pages link to. A GET only shows what will happen, because mail scanners follow
 * links; the form on it posts to the same path.
 */
public enum PagePath {
    VERIFY_EMAIL("/verify-email"),
    VERIFY_EMAIL_AGAIN("/verify-email/again"),
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
    MFA_ENROLMENT_PASSKEY("/mfa/enrolment/passkey"),
    MFA_LOST("/mfa/lost"),
    RECOVERY("/recovery"),
    FIRST_ADMIN("/first-admin"),
    ERROR("/error"),
    LOGOUT("/logout"),
    ACCOUNT("/account"),
    ACCOUNT_SECURITY("/account/security"),
    ACCOUNT_SESSIONS("/account/sessions"),
    ACCOUNT_PRIVACY("/account/privacy"),
    ACCOUNT_HISTORY("/account/history"),
    ACCOUNT_PASSKEY("/account/passkey"),
    ACCOUNT_OFFER("/account/second-factor"),
    ACCOUNT_CONFIRM_PASSKEY("/account/confirm/passkey"),
    ACCOUNT_CONFIRM("/account/confirm"),
    ACCOUNT_AUTHENTICATOR("/account/authenticator");

    private final String path;

    PagePath(String path) {
        this.path = path;
    }

    /** The page that is found at this path, if it is one. */
    static Optional<PagePath> at(String path) {
        for (PagePath page : values()) {
            if (page.path.equals(path)) {
                return Optional.of(page);
            }
        }
        return Optional.empty();
    }

    /** The page to open for whoever was refused at this one: itself, but where a GET would lack what brought it about. */
    PagePath again() {
        return switch (this) {
            case LOGIN_MAIL,
                    LOGIN_CODE,
                    LOGIN_PASSKEY,
                    LOGIN_LINK,
                    NOT_ME,
                    UNLOCK_ACCOUNT,
                    RECOVERY,
                    FIRST_ADMIN,
                    ERROR -> LOGIN;
            case MFA_PASSKEY -> MFA;
            case MFA_ENROLMENT_PASSKEY -> MFA_ENROLMENT;
            case ACCOUNT_CONFIRM_PASSKEY -> ACCOUNT_CONFIRM;
            case VERIFY_EMAIL -> VERIFY_EMAIL_AGAIN;
            case RESET_PASSWORD -> FORGOT;
            case VERIFY_EMAIL_AGAIN,
                    LOGIN,
                    SIGN_UP,
                    FORGOT,
                    MFA,
                    MFA_ENROLMENT,
                    MFA_LOST,
                    LOGOUT,
                    ACCOUNT,
                    ACCOUNT_SECURITY,
                    ACCOUNT_SESSIONS,
                    ACCOUNT_PRIVACY,
                    ACCOUNT_HISTORY,
                    ACCOUNT_CONFIRM,
                    ACCOUNT_PASSKEY,
                    ACCOUNT_OFFER,
                    ACCOUNT_AUTHENTICATOR -> this;
        };
    }

    /** The path on this server, beginning with a slash. */
    public String path() {
        return path;
    }
}
