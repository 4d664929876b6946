/**
 * Telephone numbers that users proved to read, so that codes can be texted to them as a second factor.
 *
 * <p>Owns the table {@code phone_factor}, one number a user. Does not own the codes (feature {@code otp}), the texts (package
 * {@code sms}), nor when a number is taken, asked for or given up (flows {@code mfa} and {@code login}).
 *
 * <p>A texted code is a restricted authenticator (NIST SP 800-63B-4 sections 3.1.3.3 and 3.2.9): the number can be taken over
 * without its owner noticing. It is therefore off until an operator turns it on, never a first factor, and never the only kind
 * of factor on offer.
 */
@NullMarked
package dev.latchkey.phone;

import org.jspecify.annotations.NullMarked;
