package dev.latchkey.password;

/** What the look-up among leaked passwords said. */
public enum BreachAnswer {
    /** Not asked: switched off, not part of the policy, or the password was refused anyway. */
    NOT_ASKED,
    /** Not among the leaked ones. */
    CLEAR,
    /** Leaked. */
    FOUND,
    /** The service was away, so nothing is known; the password is accepted and the caller audits that. */
    UNAVAILABLE
}
