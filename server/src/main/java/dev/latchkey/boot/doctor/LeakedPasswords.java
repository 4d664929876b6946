package dev.latchkey.boot.doctor;

import java.util.List;

/** Passwords from leaks are the first that are tried. */
final class LeakedPasswords implements Check {
    @Override
    public String name() {
        return "leaked passwords";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation.configuration().passwords().breachCheck()
                        && installation.configuration().passwords().policy().breachCheck()
                ? ok("New passwords are looked up among leaked ones.")
                : warn("New passwords are not looked up among leaked ones. Set password.breach-check to true and"
                        + " password.preset to balanced or strict.");
    }
}
