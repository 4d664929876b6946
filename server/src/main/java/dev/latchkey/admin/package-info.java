/**
 * Administration of users, and the first administrator.
 *
 * <p>Owns no table; calls services. Does not own what follows from disabling or deleting (recording the event does that) nor the
 * check of role and address ({@code http.Access}).
 *
 * <p>An administrator never chooses a password (OWASP ASVS 5.0 V6.4.6): a new account gets a mailed link. The last administrator
 * cannot be disabled.
 */
@NullMarked
package dev.latchkey.admin;

import org.jspecify.annotations.NullMarked;
