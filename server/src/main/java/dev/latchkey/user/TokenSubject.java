package dev.latchkey.user;

import java.util.Set;

/**
 * What a new access token and its trace in the audit trail need of a user.
 *
 * @param salt the salt that the user's personal data is sealed under
 */
public record TokenSubject(Set<String> roles, byte[] salt) {
    @Override
    public String toString() {
        return "TokenSubject" + roles;
    }
}
