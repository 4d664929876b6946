/**
 * The human check: who keeps failing, or asks for mails, first shows that it is not a program.
 *
 * <p>Owns: the counting of failures per address and per name typed, the built-in proof of work, hosted checks (Turnstile, hCaptcha,
 * reCAPTCHA), and that an answer works once. Owns no table: all of it lives in the {@code ExpiringStore}. Does not own rate limits
 * (package {@code limit}), lockout (feature {@code lockout}), nor which flow asks when: a flow calls
 * {@link dev.latchkey.human.HumanService#enter} before it does what a program must not do often.
 *
 * <pre>
 * flow ─ enter(entry) ─ count the attempt ─ few enough ─────────────────────────────┬─ HumanPassage ─ succeeded(): the count is
 *                            │                                                      │                 taken back
 *                            └ too many ─ an answer? ─ HumanCheck.judge ─ passed ───┘
 *                                             └ none, or wrong ─ CAPTCHA_REQUIRED with a challenge; the attempt is taken back
 * </pre>
 *
 * <p>Known and unknown names are counted alike, so that a challenge tells nobody whether an account exists (OWASP ASVS 5.0 V6.3.1,
 * V6.3.8).
 */
@NullMarked
package dev.latchkey.human;

import org.jspecify.annotations.NullMarked;
