/**
 * Single-use links (and, with the second factors, codes) that a mail carries.
 *
 * <p>Owns the table {@code link}. Does not own the mails or what a link does once spent.
 *
 * <p>A link is a 256-bit secret, stored hashed, of one kind, for one user and one epoch; spending it is one DELETE ... RETURNING
 * and voids the user's others of its kind. GET never spends: mail scanners follow links.
 */
@NullMarked
package dev.latchkey.otp;

import org.jspecify.annotations.NullMarked;
