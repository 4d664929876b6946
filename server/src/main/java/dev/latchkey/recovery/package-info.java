/**
 * The wait of whoever lost every second factor.
 *
 * <p>Owns the table {@code factor_recovery}. Does not own asking (flow {@code mfa}: the password was right), mails, nor the
 * factors that a completed recovery removes.
 *
 * <p>A recovery is asked for by whoever knows the password, told to the owner on every channel, cancelled by one click or by any
 * login that proves a factor, and completed from the mailbox when the wait is over. It opens no session: it proves a mailbox and
 * patience, so that the account is left with what the password proves and no more (OWASP ASVS 5.0 V6.4.4; NIST SP 800-63B-4
 * section 4).
 */
@NullMarked
package dev.latchkey.recovery;

import org.jspecify.annotations.NullMarked;
