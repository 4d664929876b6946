package dev.latchkey.boot.doctor;

import dev.latchkey.http.AddressRange;
import java.util.List;

/** From where administrators may work. */
final class AdministrationAddresses implements Check {
    @Override
    public String name() {
        return "administration addresses";
    }

    @Override
    public List<Finding> run(Installation installation) {
        List<AddressRange> allowed = installation.configuration().http().adminAddresses();
        if (allowed.stream().anyMatch(range -> range.prefixLength() == 0)) {
            return warn("admin.allowed-addresses lets everybody in. Name the networks that administrators work from.");
        }
        if (!allowed.isEmpty()) {
            return ok("Administration is open to " + allowed.size() + " addresses or networks.");
        }
        return installation.isProduction()
                ? warn(
                        "Administration is open to every address: a stolen administrator's token works from anywhere. Set"
                                + " admin.allowed-addresses to the networks that administrators work from.")
                : ok("Administration is open to every address, in development.");
    }
}
