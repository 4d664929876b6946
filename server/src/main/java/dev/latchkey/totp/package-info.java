/**
 * Authenticator apps: time-based one-time passwords.
 *
 * <p>Owns: table {@code totp_device}, the algorithm, the enrolment of a device and its QR code. Does not own: when a code is asked
 * for and what follows (flows), limits and lockout, backup codes (feature {@code otp}). Setups that wait for their first code live
 * in {@code ExpiringStore}.
 *
 * <pre>
 * begin ─ seed, otpauth URL, QR code · sealed in ExpiringStore
 * pending ─ tx: enrol(code) ─ row, its seed sealed under the user's data key, the code's step spent ─ COMMIT ─ discard
 * tx: verify(code) ─ UPDATE … SET spent_step WHERE spent_step &lt; step RETURNING ─ of any number of uses one is accepted
 * </pre>
 *
 * <p>Each device keeps the algorithm and length it was set up with. Where a code was accepted it and all older ones are spent,
 * on every node.
 *
 * <p>RFC 6238 (TOTP), RFC 4226 (HOTP), RFC 4648 section 6 (Base32), ISO/IEC 18004 (QR code), NIST SP 800-63B-4 section 3.1.4.
 */
@NullMarked
package dev.latchkey.totp;

import org.jspecify.annotations.NullMarked;
