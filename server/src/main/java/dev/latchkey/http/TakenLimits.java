package dev.latchkey.http;

import dev.latchkey.limit.LimitDecision;
import dev.latchkey.limit.LimitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits one request has drawn on. */
final class TakenLimits {
    /** One call that was taken and could be given back. */
    record Taken(LimitPolicy policy, String key) {}

    private final List<Taken> taken = new ArrayList<>(2);
    private @Nullable LimitDecision tightest;

    void add(LimitPolicy policy, String key, LimitDecision decision) {
        taken.add(new Taken(policy, key));
        LimitDecision known = tightest;
        if (known == null || !decision.allowed() || decision.remaining() < known.remaining()) {
            tightest = decision;
        }
    }

    List<Taken> taken() {
        return taken;
    }

    /** The one that will refuse first; what the answer's headers tell. */
    Optional<LimitDecision> tightest() {
        return Optional.ofNullable(tightest);
    }
}
