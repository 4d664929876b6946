package dev.latchkey.passkey;

import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.UserId;

/**
 * A passkey whose signature was verified and whose use is not recorded yet: nobody is let in before
 * {@link PasskeyService#authenticate} accepts. Only {@link PasskeyService#verifyAuthentication} makes one.
 *
 * @param userVerified whether the authenticator verified its user this time
 */
public record VerifiedPasskey(UserId user, PasskeyId passkey, long signCount, boolean userVerified, boolean backedUp) {}
