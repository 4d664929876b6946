package dev.latchkey.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A use case refuses. Carries what the caller may know ({@link #code()}, the message, field details, when to retry) apart from
 * {@link #internal()}, which only the log sees. Thrown inside a transaction it rolls the transaction back: a refusal that must
 * leave a trace is a sealed result instead.
 */
public final class Problem extends RuntimeException {
    private final ErrorCode code;
    private final Sentence sentence;
    private final List<FieldError> details;
    private final Optional<Duration> retryAfter;
    private final Optional<HumanChallenge> challenge;
    private final String internal;

    private Problem(
            ErrorCode code,
            Sentence sentence,
            List<FieldError> details,
            Optional<Duration> retryAfter,
            Optional<HumanChallenge> challenge,
            String internal) {
        // No stack trace: a refusal is an expected answer, and hostile clients can cause many of them.
        super(sentence.english(), null, false, false);
        this.code = code;
        this.sentence = sentence;
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
        return new Problem(code, sentence(code), List.of(), Optional.empty(), Optional.empty(), internal);
    }

    public static Problem invalid(List<FieldError> details) {
        ErrorCode code = ErrorCode.VALIDATION_ERROR;
        return new Problem(code, sentence(code), details, Optional.empty(), Optional.empty(), "");
    }

    public static Problem invalid(String field, String code, String message) {
        return invalid(List.of(new FieldError(field, code, message)));
    }

    public Problem retryAfter(Duration wait) {
        return new Problem(code, sentence, details, Optional.of(wait), challenge, internal);
    }

    /** The same refusal with another sentence for the caller, who is a program: pages show it in English. */
    public Problem message(String english) {
        return message(new Sentence("", english, Map.of()));
    }

    /** The same refusal with another sentence for the caller, which pages have under {@code key}. */
    public Problem message(String key, String english) {
        return message(new Sentence(key, english, Map.of()));
    }

    /** The same refusal with what is missing, one by one. */
    public Problem details(List<FieldError> missing) {
        return new Problem(code, sentence, missing, retryAfter, challenge, internal);
    }

    /** The same refusal with another sentence for the caller. */
    public Problem message(Sentence other) {
        return new Problem(code, other, details, retryAfter, challenge, internal);
    }

    /** A human check comes first. Without details nothing was sent in answer to one; they say what is wrong with what was. */
    public static Problem asking(HumanChallenge challenge, List<FieldError> details) {
        ErrorCode code = ErrorCode.CAPTCHA_REQUIRED;
        return new Problem(code, sentence(code), details, Optional.empty(), Optional.of(challenge), "");
    }

    public ErrorCode code() {
        return code;
    }

    /** What the caller may read, in English. */
    public String publicMessage() {
        return sentence.english();
    }

    /** What the caller may read, for who says it in another language. */
    public Sentence sentence() {
        return sentence;
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

    private static Sentence sentence(ErrorCode code) {
        return new Sentence(code.name(), code.message(), Map.of());
    }
}
