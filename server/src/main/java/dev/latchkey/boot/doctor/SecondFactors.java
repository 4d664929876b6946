package dev.latchkey.boot.doctor;

import dev.latchkey.boot.Condition;
import dev.latchkey.user.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A stolen password must not be an administrator. */
final class SecondFactors implements Check {
    @Override
    public String name() {
        return "second factors";
    }

    @Override
    public List<Finding> run(Installation installation) {
        List<Finding> findings = new ArrayList<>();
        if (!installation.configuration().mfa().requires(Set.of(Roles.ADMIN))) {
            findings.addAll(warn("Administrators need no second factor. Add ADMIN to mfa.required-roles."));
        }
        installation.condition().ifPresent(it -> findings.addAll(judged(it)));
        return findings;
    }

    private List<Finding> judged(Condition condition) {
        int without = condition.administratorsWithoutSecondFactor();
        if (condition.administrators() == 0) {
            return ok("There is no administrator who could have one.");
        }
        return without == 0
                ? ok("Every administrator has a second factor.")
                : warn(without
                        + " administrators have no second factor. Have them set one up, or disable the accounts.");
    }
}
