package dev.latchkey.human;

import java.util.Locale;

/** How a client shows that it is not a program. */
public enum HumanKind {
    /** Built in: some computation, or some patience. */
    PROOF_OF_WORK,
    /** Cloudflare. */
    TURNSTILE,
    HCAPTCHA,
    /** Google; version 2, or 3 with its score. */
    RECAPTCHA;

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
