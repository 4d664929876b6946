package dev.latchkey.otp;

import dev.latchkey.core.UserId;

/**
 * What a login code or its link said.
 *
 * @param epoch the user's epoch when it was made; the caller refuses where it moved
 * @param destination the folded address or the number it was sent to, which is proved now; the caller refuses where the user has
 *     another meanwhile
 */
public record SpentCode(UserId user, long epoch, LoginChannel channel, String destination) {}
