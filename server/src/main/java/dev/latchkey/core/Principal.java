package dev.latchkey.core;

import java.util.Optional;
import java.util.Set;

/** Who is asking. */
public sealed interface Principal {
    /** Nobody has proved anything. */
    Principal ANONYMOUS = new Anonymous();

    /** No credential was sent. */
    record Anonymous() implements Principal {}

    /**
     * A user with a live session.
     *
     * @param epoch the user's epoch under which the credential was made; a later epoch voids it
     * @param authentication when and how the user last proved who they are
     * @param roles the user's current roles, never those of a claim
     * @param locale the language the user chose, as a tag such as {@code pt-BR}
     */
    record SignedIn(
            UserId user,
            SessionId session,
            CredentialKind credential,
            long epoch,
            Authentication authentication,
            Set<String> roles,
            ClientId client,
            Optional<String> locale)
            implements Principal {
        public SignedIn {
            roles = Set.copyOf(roles);
        }
    }
}
