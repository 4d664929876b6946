/**
 * Mints and verifies access tokens.
 *
 * <p>Owns: which claims a token carries, for how long, and what is checked of one that comes back. Does not own: keys (passed in
 * by the composition root from feature {@code key}), nor revocation, sessions and epochs, which the flow {@code access} checks on
 * every request after the signature. Owns no tables.
 *
 * <p>Flow: {@code TokenIssuer.access(claims)} → {@code at+jwt}; {@code TokenVerifier.verify(token)} → cache by SHA-256 of the
 * token, else signature → type → issuer, audience; times are checked on every call.
 *
 * <p>RFC 9068 (JWT access tokens), RFC 7519 (claims), RFC 8725 (best practice).
 */
@NullMarked
package dev.latchkey.issuer;

import org.jspecify.annotations.NullMarked;
