package dev.latchkey.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A use case refuses. Carries what the caller may know ({@link #code()}, the message, field details, when to retry) apart from
 * {@link #internal()}, which only the log sees. Thrown inside a transaction it rolls the transaction back: a refusal that must
 * leave a trace is a sealed result instead.
 */
public final class Problem extends RuntimeException {
    private final ErrorCode code;
    private final String publicMessage;
    private final List<FieldError> details;
    private final Optional<Duration> retryAfter;
    private final Optional<HumanChallenge> challenge;
    private final String internal;

    private Problem(
            ErrorCode code,
            String message,
            List<FieldError> details,
            Optional<Duration> retryAfter,
            Optional<HumanChallenge> challenge,
            String internal) {
        // No stack trace: a refusal is an expected answer, and hostile clients can cause many of them.
        super(message, null, false, false);
        this.code = code;
        this.publicMessage = message;
        this.details = List.copyOf(details);
        this.retryAfter = retryAfter;
        this.challenge = challenge;
        this.internal = internal;
    }

    public static Problem of(ErrorCode code) {
        return of(code, "");
    }

    /** A refusal whose cause is worth a line in the log and no business of the caller. */
    public static Problem of(ErrorCode code, String internal) {
        return new Problem(code, code.message(), List.of(), Optional.empty(), Optional.empty(), internal);
    }

    public static Problem invalid(List<FieldError> details) {
        ErrorCode code = ErrorCode.VALIDATION_ERROR;
        return new Problem(code, code.message(), details, Optional.empty(), Optional.empty(), "");
    }

    public static Problem invalid(String field, String code, String message) {
        return invalid(List.of(new FieldError(field, code, message)));
    }

    public Problem retryAfter(Duration wait) {
        return new Problem(code, publicMessage, details, Optional.of(wait), challenge, internal);
    }

    /** The same refusal with another sentence for the caller. */
    public Problem message(String sentence) {
        return new Problem(code, sentence, details, retryAfter, challenge, internal);
    }

    /** A human check comes first. Without details nothing was sent in answer to one; they say what is wrong with what was. */
    public static Problem asking(HumanChallenge challenge, List<FieldError> details) {
        ErrorCode code = ErrorCode.CAPTCHA_REQUIRED;
        return new Problem(code, code.message(), details, Optional.empty(), Optional.of(challenge), "");
    }

    public ErrorCode code() {
        return code;
    }

    /** What the caller may read. */
    public String publicMessage() {
        return publicMessage;
    }

    public List<FieldError> details() {
        return details;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What the caller must do first, with {@link ErrorCode#CAPTCHA_REQUIRED}. */
    public Optional<HumanChallenge> challenge() {
        return challenge;
    }

    /** For the log only; empty where there is nothing to add. */
    public String internal() {
        return internal;
    }
}
