/**
 * Second factors as their owner sees them: set up, list, rename, remove, renew backup codes, switch off.
 *
 * <p>Owns no table. Does not own the factors (features {@code totp}, {@code otp}, {@code passkey}), nor asking for them (flow
 * {@code login}).
 *
 * <pre>
 * setup ─ totp.begin (10 min) ─ enable(code) ─ tx: guard ─ totp.enrol ─ first factor: backup codes, mfa_enabled ─ audit ─ mail
 * </pre>
 *
 * <p>A factor is added and removed only by whoever proved who they are within the step-up time (OWASP ASVS 5.0 V7.5.1), or in a
 * login that cannot go on without one: there the login's handle opens enrolment and nothing else.
 */
@NullMarked
package dev.latchkey.mfa;

import org.jspecify.annotations.NullMarked;
