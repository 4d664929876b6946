/**
 * Secrets that are used once: mailed links, short codes that are mailed or texted, and an account's backup codes.
 *
 * <p>Owns the tables {@code link}, {@code login_code} and {@code backup_code}. Does not own the mails and texts, nor what a link
 * or code does once spent.
 *
 * <p>A link is a 256-bit secret, stored hashed, of one kind, for one user and one epoch; spending it is one DELETE ... RETURNING
 * and voids the user's others of its kind. GET never spends: mail scanners follow links.
 *
 * <p>A login code is six digits, good for ten minutes, five tries, and the one attempt that asked; its mail may hold a link too,
 * and both die together. The row is taken by its try before the code is looked at, so that no number of tries at once exceeds
 * five. Where no account is to be found the same rows are written and never match.
 *
 * <p>Backup codes are the account's, not one factor's: one set for whatever second factor is lost. Both kinds of codes are too
 * short for a plain hash and are stored under a keyed one.
 *
 * <p>NIST SP 800-63B-4 sections 3.1.2 (look-up secrets) and 3.1.3 (out of band), OWASP ASVS 5.0 V6.5 and V6.6.
 */
@NullMarked
package dev.latchkey.otp;

import org.jspecify.annotations.NullMarked;
