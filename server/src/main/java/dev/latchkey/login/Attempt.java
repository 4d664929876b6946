package dev.latchkey.login;

import dev.latchkey.core.UserId;
import dev.latchkey.session.SessionWish;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A login under way.
 *
 * @param user whom the proofs so far belong to
 * @param epoch the user's epoch at the first proof; a later one voids the attempt
 * @param wish what session the client wants in the end
 * @param trustDevice whether the browser shall pass for the second factor from then on
 * @param waited the hash of the handle under which it waited; empty until it did
 */
public record Attempt(
        Optional<UserId> user,
        long epoch,
        Set<Factor> proved,
        SessionWish wish,
        boolean trustDevice,
        Optional<String> waited) {
    public Attempt {
        proved = Set.copyOf(proved);
    }

    static Attempt begin(SessionWish wish) {
        return new Attempt(Optional.empty(), 0, Set.of(), wish, false, Optional.empty());
    }

    /** With the proof that tells whom the attempt is for. */
    Attempt proved(UserId id, long underEpoch, Factor factor) {
        return new Attempt(Optional.of(id), underEpoch, Set.of(factor), wish, trustDevice, waited);
    }

    /** For a user of whom nothing is proved yet. */
    Attempt of(UserId id, long underEpoch) {
        return new Attempt(Optional.of(id), underEpoch, Set.of(), wish, trustDevice, waited);
    }

    /** With one proof more of the same user. */
    Attempt proved(Factor factor) {
        Set<Factor> all = EnumSet.of(factor);
        all.addAll(proved);
        return new Attempt(user, epoch, all, wish, trustDevice, waited);
    }

    Attempt trustingDevice(boolean trust) {
        return new Attempt(user, epoch, proved, wish, trust, waited);
    }
}
