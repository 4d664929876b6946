package dev.latchkey.boot.doctor;

import dev.latchkey.boot.Condition;
import java.util.List;

/** A change of the master key that was begun is brought to its end. */
final class MasterKeyChange implements Check {
    @Override
    public String name() {
        return "master key change";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .condition()
                .map(it -> judged(installation, it.masterKeys()))
                .orElse(List.of());
    }

    private List<Finding> judged(Installation installation, Condition.MasterKeys keys) {
        if (!keys.inForce().equals(keys.wanted())) {
            return warn(
                    "The database is still sealed with the master key " + keys.inForce() + ", not with the configured "
                            + keys.wanted() + ". Once every server has both, run latchkey keys reseal.");
        }
        if (keys.stale() > 0 || !keys.needed().isEmpty()) {
            return warn(keys.stale() + " values are under former master keys. Run latchkey keys reseal, and keep"
                    + " master-key-previous until it says that nothing is left.");
        }
        List<String> former = installation.configuration().masterKey().previousIds().stream()
                .filter(id -> !id.equals(keys.inForce()))
                .toList();
        if (!former.isEmpty()) {
            return warn("Former master keys are configured that nothing needs any more: " + String.join(", ", former)
                    + ". Take them out of master-key-previous.");
        }
        return ok("Everything is sealed with the master key " + keys.inForce() + ".");
    }
}
