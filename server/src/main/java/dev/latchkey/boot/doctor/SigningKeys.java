package dev.latchkey.boot.doctor;

import dev.latchkey.jose.SignatureAlgorithm;
import dev.latchkey.key.KeyInfo;
import dev.latchkey.key.KeyState;
import dev.latchkey.key.KeyUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Token keys change by themselves, as long as a server runs. */
final class SigningKeys implements Check {
    private static final Duration LATE = Duration.ofDays(1);

    @Override
    public String name() {
        return "signing keys";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .condition()
                .map(it -> judged(installation, it.keys()))
                .orElse(List.of());
    }

    private List<Finding> judged(Installation installation, List<KeyInfo> keys) {
        SignatureAlgorithm algorithm = installation.configuration().keys().algorithm();
        Optional<KeyInfo> active = keys.stream()
                .filter(key ->
                        key.use() == KeyUse.TOKEN && key.state() == KeyState.ACTIVE && key.algorithm() == algorithm)
                .findFirst();
        if (active.isEmpty()) {
            return warn("There is no " + algorithm + " key to sign tokens with; the next start makes one.");
        }
        Instant due = active.get()
                .activatesAt()
                .plus(installation.configuration().keys().rotateEvery());
        if (installation.clock().instant().isAfter(due.plus(LATE))) {
            return warn("The key " + active.get().kid() + " should have been replaced on " + due
                    + ". A running server does that by itself: is one running, and may it write? latchkey keys rotate does it"
                    + " by hand.");
        }
        return ok("Tokens are signed with " + active.get().kid() + " (" + algorithm + "), to be replaced on " + due
                + ".");
    }
}
