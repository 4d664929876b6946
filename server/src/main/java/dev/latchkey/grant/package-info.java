/**
 * What a session was granted beyond its access token: refresh token families (consents and codes come with the provider).
 *
 * <p>Owns the table {@code refresh_family}. Does not own sessions, nor the signing of tokens (feature {@code issuer}).
 *
 * <p>One row is one chain of refresh tokens. A token is {@code lkr_} and base64url of a 16-byte family handle, a 4-byte
 * generation and a 32-byte secret; rotation is one guarded UPDATE, so of many parallel uses one wins. A live handle with
 * anything but the current secret is reuse and ends the family (RFC 9700 section 4.14.2).
 */
@NullMarked
package dev.latchkey.grant;

import org.jspecify.annotations.NullMarked;
