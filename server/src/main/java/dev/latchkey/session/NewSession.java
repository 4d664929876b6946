package dev.latchkey.session;

import dev.latchkey.core.UserId;
import java.util.Set;

/**
 * A session to be opened.
 *
 * @param epoch the user's epoch under which the proofs were given
 * @param methods how the user proved who they are, as in {@code amr} (RFC 8176)
 */
public record NewSession(UserId user, long epoch, Set<String> methods, SessionWish wish) {
    public NewSession {
        methods = Set.copyOf(methods);
    }
}
