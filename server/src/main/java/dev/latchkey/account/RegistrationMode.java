package dev.latchkey.account;

/** Who may sign up. */
public enum RegistrationMode {
    OPEN,
    /** Only whom an administrator invites. */
    INVITE_ONLY,
    CLOSED,
    /** Only addresses of the allowed domains. */
    DOMAINS
}
