/**
 * Tokens for tokens: refreshing (the OAuth token, revocation and introspection endpoints come with the provider).
 *
 * <p>Owns no table. Does not own login, nor the rotation rule itself (feature {@code grant}).
 *
 * <p>Flow: present, in one transaction with whoever refreshes at the same time → one guarded UPDATE → Rotated: sign a new access token after the commit; Reused: the session ends in the same
 * transaction, and the refusal commits (RFC 9700 section 4.14.2).
 */
@NullMarked
package dev.latchkey.token;

import org.jspecify.annotations.NullMarked;
