/**
 * Self service: sign-up, verification, recovery, profile, sessions, consents, deletion.
 *
 * <p>Owns no table; joins the features by ids. Does not open sessions itself: where sign-up or a password change needs one it asks
 * {@link dev.latchkey.account.OpenSession}, which the composition root binds to the flow {@code login}. Does not decide what
 * follows from an event: recording it in the audit does.
 *
 * <p>Whoever first proves a mailbox owns the account. A proof by its own verification link leaves what was set before, unless
 * somebody else may have set it: others signed up at the address, or there is a second factor and the link is opened in a browser
 * unknown to the account. Then, and by any other mail, all of it goes ({@link dev.latchkey.lifecycle.MailboxProof}).
 *
 * <p>No answer tells whether an address has an account (OWASP ASVS 5.0 V6.3.8): forgot, resend and an e-mail change write and
 * answer the same for known and unknown; sign-up does where verification is required.
 */
@NullMarked
package dev.latchkey.account;

import org.jspecify.annotations.NullMarked;
