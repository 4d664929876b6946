package dev.latchkey.boot.doctor;

import java.util.List;

/** Metrics and health detail ask for no credential. */
final class OperationsAccess implements Check {
    @Override
    public String name() {
        return "operations listener";
    }

    @Override
    public List<Finding> run(Installation installation) {
        String host = installation.configuration().http().operationsHost();
        if (Addresses.isNear(host)) {
            return ok("Metrics and health detail are served on " + host + ".");
        }
        return warn("Metrics and health detail are served on " + host
                + " to anyone who reaches it. Set operations.host to an address of your own network, or keep others off that"
                + " port.");
    }
}
