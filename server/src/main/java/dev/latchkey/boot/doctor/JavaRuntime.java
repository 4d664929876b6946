package dev.latchkey.boot.doctor;

import java.util.List;

/** Security fixes of the platform. */
final class JavaRuntime implements Check {
    @Override
    public String name() {
        return "Java";
    }

    @Override
    public List<Finding> run(Installation installation) {
        Runtime.Version version = Runtime.version();
        return version.pre().isPresent()
                ? warn("Java " + version + " is a preview build. Run a released one.")
                : ok("Java " + version + ". Its vendor publishes fixes every three months: keep it current.");
    }
}
