/**
 * The wait of whoever lost every second factor.
 *
 * <p>Owns the table {@code factor_recovery}. Does not own asking (flow {@code mfa}: the password was right), mails, nor the
 * factors that a completed recovery removes.
 *
 * <p>A recovery is asked for by whoever knows the password (or reads the mailbox, where there is no password), and again for another
 * mail; it is told to the owner on every channel, when it begins and when it is complete, cancelled by one click or by any
 * login that proves a factor, and completed from the mailbox when the wait is over. It opens no session: it proves a mailbox and
 * patience, so that the account is left with what the password proves and no more (OWASP ASVS 5.0 V6.4.4; NIST SP 800-63B-4
 * section 4).
 */
@NullMarked
package dev.latchkey.recovery;

import org.jspecify.annotations.NullMarked;
