package dev.latchkey.boot.doctor;

import dev.latchkey.config.Settings;
import java.util.ArrayList;
import java.util.List;

/** Development is for one's own machine; dangers that production accepted are called to mind. */
final class RunningProfile implements Check {
    @Override
    public String name() {
        return "profile";
    }

    @Override
    public List<Finding> run(Installation installation) {
        List<Finding> findings = new ArrayList<>();
        if (installation.isProduction()) {
            findings.addAll(ok("The production profile is in force."));
        } else {
            findings.addAll(warn(
                    "The development profile is in force: mails can be read at /dev/mail and rules are relaxed. For"
                            + " others to use, set server.public-url to the https address they will use."));
        }
        for (Settings.Entry<?> entry : installation.settings().all()) {
            if (entry.setting().isDanger() && !entry.isDefault()) {
                findings.addAll(warn(entry.setting().key() + " (" + entry.source()
                        + ") gives up a protection. Remove it as soon as you can do without."));
            }
        }
        return findings;
    }
}
