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
    private final String internal;

    private Problem(
            ErrorCode code, String message, List<FieldError> details, Optional<Duration> retryAfter, String internal) {
        // No stack trace: a refusal is an expected answer, and hostile clients can cause many of them.
        super(message, null, false, false);
        this.code = code;
        this.publicMessage = message;
        this.details = List.copyOf(details);
        this.retryAfter = retryAfter;
        this.internal = internal;
    }

    public static Problem of(ErrorCode code) {
        return new Problem(code, code.message(), List.of(), Optional.empty(), "");
    }

    /** A refusal whose cause is worth a line in the log and no business of the caller. */
    public static Problem of(ErrorCode code, String internal) {
        return new Problem(code, code.message(), List.of(), Optional.empty(), internal);
    }

    public static Problem invalid(List<FieldError> details) {
        return new Problem(
                ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.message(), details, Optional.empty(), "");
    }

    public static Problem invalid(String field, String code, String message) {
        return invalid(List.of(new FieldError(field, code, message)));
    }

    public Problem retryAfter(Duration wait) {
        return new Problem(code, publicMessage, details, Optional.of(wait), internal);
    }

    /** The same refusal with another sentence for the caller. */
    public Problem message(String sentence) {
        return new Problem(code, sentence, details, retryAfter, internal);
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

    /** For the log only; empty where there is nothing to add. */
    public String internal() {
        return internal;
    }
}
