package dev.latchkey.core;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a client must do before it is served: told beside {@link ErrorCode#CAPTCHA_REQUIRED}. The answer to it goes into the field
 * {@code humanCheck} of the same request, sent again. Which of the fields are there depends on the kind.
 *
 * @param kind {@code proof-of-work}, {@code turnstile}, {@code hcaptcha} or {@code recaptcha}
 * @param action what the answer will be good for; a hosted check is told it
 * @param script where the client's part of the check is loaded from
 * @param siteKey of a hosted check
 * @param challenge of proof of work: signed, and the first part of the answer
 * @param algorithm of proof of work: the hash, {@code SHA-256}
 * @param seed of proof of work: puzzle <i>i</i> asks for a number <i>n</i> so that the hash of {@code seed:i:n} begins with
 *     {@code bits} zero bits
 * @param puzzles of proof of work: how many, from 0
 * @param bits of proof of work: how hard each puzzle is
 * @param waitSeconds of proof of work: after so long the challenge alone is an answer, for who cannot solve puzzles
 * @param expiresAt when the challenge is of no more use
 */
public record HumanChallenge(
        String kind,
        String action,
        Optional<String> script,
        Optional<String> siteKey,
        Optional<String> challenge,
        Optional<String> algorithm,
        Optional<String> seed,
        OptionalInt puzzles,
        OptionalInt bits,
        OptionalLong waitSeconds,
        Optional<Instant> expiresAt) {}
