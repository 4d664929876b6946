/**
 * From a request's credential to a {@link dev.latchkey.core.Principal}.
 *
 * <p>Owns: what is revoked on this node ({@link dev.latchkey.access.Revocations}, fed by the change log), the resolving of bearer
 * tokens and session secrets, CSRF tokens. Owns no table. Does not own the rules per route ({@code http.Access}).
 *
 * <p>A bearer token is checked without the database: signature (feature {@code issuer}), then revocation, then the user's current
 * status and roles from the directory that the change log keeps true. A node that cannot hear changes refuses.
 */
@NullMarked
package dev.latchkey.access;

import org.jspecify.annotations.NullMarked;
