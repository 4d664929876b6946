package dev.latchkey.login;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.UserId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A login under way.
 *
 * @param user whom the proofs so far belong to
 * @param epoch the user's epoch at the first proof; a later one voids the attempt
 * @param identifier what was typed
 */
public record Attempt(Optional<UserId> user, long epoch, Optional<EmailAddress> identifier, Set<Factor> proved) {
    public Attempt {
        proved = Set.copyOf(proved);
    }

    static Attempt begin() {
        return new Attempt(Optional.empty(), 0, Optional.empty(), Set.of());
    }

    Attempt proved(UserId id, long underEpoch, EmailAddress typed, Factor factor) {
        Set<Factor> all = EnumSet.of(factor);
        all.addAll(proved);
        return new Attempt(Optional.of(id), underEpoch, Optional.of(typed), all);
    }
}
