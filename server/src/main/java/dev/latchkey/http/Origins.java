package dev.latchkey.http;

import dev.latchkey.config.Profile;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whose pages may call: our own, and those the operator lists. Compared exactly. */
final class Origins {
    private final HttpConfig config;
    private final Set<String> allowed;
    private final boolean development;
    private volatile Set<String> ours = Set.of();

    Origins(HttpConfig config, Profile profile) {
        this.config = config;
        this.allowed = Set.copyOf(config.corsOrigins());
        this.development = profile == Profile.DEVELOPMENT;
    }

    /** Tells the port that was taken, which may have been left to the system. */
    void listeningOn(int port) {
        Set<String> origins = new HashSet<>();
        origins.add(config.origin(port));
        if (development) {
            // People open the server they just started by any of its loopback names.
            for (String name : List.of("localhost", "127.0.0.1", "[::1]")) {
                origins.add(config.scheme() + "://" + name + ":" + port);
            }
        }
        ours = Set.copyOf(origins);
    }

    boolean isOurs(String origin) {
        return ours.contains(origin);
    }

    /** Listed by the operator: may call with credentials from another site. */
    boolean isAllowed(String origin) {
        return allowed.contains(origin);
    }
}
