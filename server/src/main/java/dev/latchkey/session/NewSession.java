package dev.latchkey.session;

import dev.latchkey.core.UserId;
import java.util.Optional;
import java.util.Set;

/**
 * A session to be opened.
 *
 * @param epoch the user's epoch under which the proofs were given
 * @param methods how the user proved who they are, as in {@code amr} (RFC 8176)
 * @param login the hash of the handle under which the login waited for another proof; empty where it did not wait
 */
public record NewSession(UserId user, long epoch, Set<String> methods, SessionWish wish, Optional<String> login) {
    public NewSession {
        methods = Set.copyOf(methods);
    }

    public NewSession(UserId user, long epoch, Set<String> methods, SessionWish wish) {
        this(user, epoch, methods, wish, Optional.empty());
    }
}
