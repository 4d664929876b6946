package dev.latchkey.limit;

import java.time.Duration;

/** The named limits: so many calls in a window, then a block until it ends. */
public enum LimitPolicy {
    /** Per address and e-mail; a success gives its call back. */
    LOGIN(5, Duration.ofMinutes(15), true),
    /** Per address, whatever the e-mail. */
    LOGIN_ADDRESS(50, Duration.ofMinutes(15), false),
    REGISTER(5, Duration.ofMinutes(15), false),
    RESET_EMAIL(3, Duration.ofHours(1), false),
    RESET_ADDRESS(3, Duration.ofHours(1), false),
    /** Per account. */
    MFA(10, Duration.ofMinutes(10), false),
    /** Per principal, for every route that declares nothing else. */
    API(100, Duration.ofMinutes(1), false),
    /** Per address, for callers without a credential on routes that declare nothing else. */
    PUBLIC(50, Duration.ofMinutes(15), false),
    /** Per principal on administration routes. */
    ADMIN(200, Duration.ofMinutes(15), false);

    private final int calls;
    private final Duration window;
    private final boolean givenBackOnSuccess;

    LimitPolicy(int calls, Duration window, boolean givenBackOnSuccess) {
        this.calls = calls;
        this.window = window;
        this.givenBackOnSuccess = givenBackOnSuccess;
    }

    public int calls() {
        return calls;
    }

    public Duration window() {
        return window;
    }

    /** Whether an answer below 400 returns the call it took. */
    public boolean givenBackOnSuccess() {
        return givenBackOnSuccess;
    }
}
