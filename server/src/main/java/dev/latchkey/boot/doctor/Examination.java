package dev.latchkey.boot.doctor;

import java.util.ArrayList;
import java.util.List;

/** All checks, one after another. */
public final class Examination {
    private Examination() {}

    /** Every check's findings, in the order of the list. A check that breaks is a finding itself, and stops no other. */
    public static List<Finding> of(Installation installation) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : Checks.all()) {
            findings.addAll(run(check, installation));
        }
        return List.copyOf(findings);
    }

    static List<Finding> run(Check check, Installation installation) {
        try {
            return check.run(installation);
        } catch (RuntimeException broken) {
            return check.warn("This could not be looked at: " + broken.getMessage() + ". Nothing is known about it.");
        }
    }
}
