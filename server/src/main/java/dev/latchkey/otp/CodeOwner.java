package dev.latchkey.otp;

import dev.latchkey.core.UserId;

/**
 * Whom an attempt was sent a code for.
 *
 * @param epoch the user's epoch when it was made
 */
public record CodeOwner(UserId user, long epoch) {}
