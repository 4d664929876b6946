/**
 * Account lockout: too many failures in a row close the door for a while, to known and unknown names alike.
 *
 * <p>Owns: table {@code failure_counter} with its locks. Does not own: rate limits (package {@code limit}), what a failure is, the
 * mail and the audit that follow a lock (flows and {@code lifecycle}).
 *
 * <p>Flow: a login asks {@code check} before it verifies and again with its outcome, whatever that is, then records {@code failed}
 * or {@code succeeded} in the same transaction. A lock is soft: a browser that completed a login before counts for itself, so that a stranger who fails on
 * purpose does not shut the owner out. Failures end no session. Short codes of an account have a limit of their own, however long it takes
 * ({@link dev.latchkey.lockout.GuessLimitService}).
 *
 * <p>NIST SP 800-63B-4 section 3.2.2, OWASP ASVS 5.0 V6.3.1 and V6.1.1.
 */
@NullMarked
package dev.latchkey.lockout;

import org.jspecify.annotations.NullMarked;
