package dev.latchkey.limit;

import java.time.Duration;

/** The named limits: so many calls in a window, then a block until it ends. */
public enum LimitPolicy {
    /** Per address and e-mail; a success gives its call back. */
    LOGIN(Purpose.ATTEMPTS, 5, Duration.ofMinutes(15), true),
    /** Per address, whatever the e-mail. */
    LOGIN_ADDRESS(Purpose.ATTEMPTS, 50, Duration.ofMinutes(15), false),
    REGISTER(Purpose.ATTEMPTS, 5, Duration.ofMinutes(15), false),
    /** Codes to sign in with, per address that asks and e-mail: a stranger does not use up what its owner may ask for. */
    LOGIN_CODE_EMAIL(Purpose.ATTEMPTS, 5, Duration.ofMinutes(15), false),
    /** Per e-mail, whoever asks. */
    LOGIN_CODE_MAILBOX(Purpose.ATTEMPTS, 20, Duration.ofMinutes(15), false),
    /** Per address, whatever the e-mail. */
    LOGIN_CODE_ADDRESS(Purpose.ATTEMPTS, 20, Duration.ofMinutes(15), false),
    RESET_EMAIL(Purpose.ATTEMPTS, 3, Duration.ofHours(1), false),
    RESET_ADDRESS(Purpose.ATTEMPTS, 3, Duration.ofHours(1), false),
    /** Per address: a page that offers passkeys begins a ceremony whenever it is opened. */
    PASSKEY_ADDRESS(Purpose.ATTEMPTS, 200, Duration.ofMinutes(15), false),
    /** Per account. */
    MFA(Purpose.ATTEMPTS, 10, Duration.ofMinutes(10), false),
    /** Codes by text message, per number: they cost money, and their reader sleep. */
    SMS_NUMBER(Purpose.ATTEMPTS, 5, Duration.ofHours(1), false),
    SMS_ACCOUNT(Purpose.ATTEMPTS, 10, Duration.ofHours(1), false),
    /** Numbers to be proved, per address: whoever makes accounts to text costly numbers comes from somewhere. */
    SMS_ADDRESS(Purpose.ATTEMPTS, 10, Duration.ofHours(1), false),
    /** Mails about an account to an address that nobody proved; counted where they are written, in the use case's transaction. */
    UNPROVED_EMAIL(Purpose.ATTEMPTS, 5, Duration.ofHours(1), false),
    /** Per principal, for every route that declares nothing else. */
    API(Purpose.VOLUME, 100, Duration.ofMinutes(1), false),
    /** Per address, whatever the refresh token: invented ones must not fill the room where calls are counted. */
    REFRESH_ADDRESS(Purpose.VOLUME, 1000, Duration.ofMinutes(1), false),
    /** Per address: a form asks again and again while a new password is typed there. */
    METER_ADDRESS(Purpose.VOLUME, 100, Duration.ofMinutes(1), false),
    /** Per address, for callers without a credential on routes that declare nothing else. */
    PUBLIC(Purpose.VOLUME, 50, Duration.ofMinutes(15), false),
    /** Per principal on administration routes. */
    ADMIN(Purpose.VOLUME, 200, Duration.ofMinutes(15), false);

    /** What a policy guards against, and so where it must be counted. */
    public enum Purpose {
        /** Guessing, or mail to strangers: counted exactly, across all nodes. */
        ATTEMPTS,
        /** Load: counted where it falls, unless there is a shared store that is quick enough for every request. */
        VOLUME
    }

    private final Purpose purpose;
    private final int calls;
    private final Duration window;
    private final boolean givenBackOnSuccess;

    LimitPolicy(Purpose purpose, int calls, Duration window, boolean givenBackOnSuccess) {
        this.purpose = purpose;
        this.calls = calls;
        this.window = window;
        this.givenBackOnSuccess = givenBackOnSuccess;
    }

    public Purpose purpose() {
        return purpose;
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

    /** Whether a call that only made the server ask for a human check returns what it took; one policy bounds such calls. */
    public boolean givenBackOnQuestion() {
        return purpose == Purpose.ATTEMPTS && this != LOGIN_ADDRESS;
    }
}
