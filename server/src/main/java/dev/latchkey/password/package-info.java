/**
 * Passwords: how they are hashed, which are good enough, and which were used before.
 *
 * <p>Owns: tables {@code password_credential}, {@code password_history} and {@code sign_up_attempt}; the bounded hashing pool; the policy presets; the
 * breach look-up; verification of hashes that were imported from other systems. Does not own: logging in, changing, forgetting
 * and resetting a password (flows {@code login} and {@code account}), failure counting (feature {@code lockout}), limits.
 *
 * <p>Flow: a flow reads the stored hash ({@code storedHash}), verifies outside any transaction ({@code verify}, on the pool),
 * then writes inside one ({@code set}, {@code upgrade}). A new password passes {@code judge} and {@code reusesRecent} first.
 *
 * <p>RFC 9106 (Argon2), NIST SP 800-63B-4 section 3.1.1, OWASP ASVS 5.0 V6.2.
 */
@NullMarked
package dev.latchkey.password;

import org.jspecify.annotations.NullMarked;
