package dev.latchkey.boot.doctor;

import java.net.URI;
import java.util.List;

/** Browser applications that may call with credentials. */
final class Origins implements Check {
    @Override
    public String name() {
        return "origins";
    }

    @Override
    public List<Finding> run(Installation installation) {
        List<String> origins = installation.configuration().http().corsOrigins();
        List<String> plain = origins.stream()
                .filter(origin -> origin.startsWith("http://"))
                .filter(origin -> installation.isProduction())
                .toList();
        if (!plain.isEmpty()) {
            boolean loopback = plain.stream()
                    .allMatch(origin -> Addresses.isLoopback(
                            String.valueOf(URI.create(origin).getHost())));
            return warn("server.cors-origins allows " + String.join(", ", plain)
                    + (loopback
                            ? ": any program on a visitor's own machine may call in their name. Remove it in production."
                            : ": whoever is on the way there may call in your users' names. Use https."));
        }
        return origins.isEmpty()
                ? ok("No other site may call with credentials.")
                : ok("These sites may call with credentials: " + String.join(", ", origins) + ".");
    }
}
