/**
 * The login: from proofs to a session.
 *
 * <p>Owns: the one dispatcher {@link dev.latchkey.login.LoginFlow#next}, and every way a session is created or raised
 * ({@link dev.latchkey.login.SignIn}). Owns no table. Does not own the checking of a proof (features {@code password}, …),
 * refreshing (flow {@code token}) or sign-up (flow {@code account}, which opens its session through {@code SignIn}).
 *
 * <pre>
 * POST /login ─ submit(attempt, proofs) ─ next(attempt) ─┬─ AskIdentifier
 *                lockout · password pool · status        ├─ AskFactor
 *                                                        └─ Done ─ tx: guard epoch ─ session ─ family ─ audit ─ tokens
 * </pre>
 *
 * <p>An attempt carries the epoch it was begun under; a credential event meanwhile makes {@code guard} fail and the login with it
 * (OWASP ASVS 5.0 V6.3.4, V7.2.4).
 */
@NullMarked
package dev.latchkey.login;

import org.jspecify.annotations.NullMarked;
