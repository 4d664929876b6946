package dev.latchkey.user;

import java.util.SortedMap;

/**
 * How many users there are.
 *
 * @param all disabled ones too
 * @param disabled of all
 * @param unverified of all, those who have not proved their address
 * @param askedForSecondFactor of all, those whom a login asks for a second factor because they set one up
 * @param withRole by role; who has several is counted in each
 */
public record UserCounts(
        long all, long disabled, long unverified, long askedForSecondFactor, SortedMap<String, Long> withRole) {}
