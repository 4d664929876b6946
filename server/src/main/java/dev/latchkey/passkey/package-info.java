/**
 * Passkeys: public keys of users' authenticators, and the ceremonies that register and use them (W3C Web Authentication Level 3).
 *
 * <p>Owns the table {@code passkey} and the short-lived ceremonies. Does not own whom a passkey lets in (flow {@code login}), who
 * may add or remove one (flow {@code mfa}), the routes, or the user handle (feature {@code user}). The WebAuthn library stays in
 * this package and is loaded with the first answer that is verified.
 *
 * <p>Flow, registration: {@code beginRegistration} keeps a challenge and answers the browser's options; {@code verifyRegistration}
 * takes the challenge (single use) and verifies; {@code register} stores the key in the caller's transaction. Authentication:
 * {@code beginAuthentication}, {@code verifyAuthentication} and {@code authenticate}, which records the use and compares the
 * signature counter in one statement, so that a copied key is noticed even when both copies are used at once. Only the last step
 * of each runs inside a transaction.
 */
@NullMarked
package dev.latchkey.passkey;

import org.jspecify.annotations.NullMarked;
