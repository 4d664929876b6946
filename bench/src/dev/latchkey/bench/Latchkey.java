package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged server as its launcher starts it, with the defaults, except for what would refuse a load from one address. */
final class Latchkey {
    /** Below the ports that the system gives to clients: who asks such a one often enough before it listens gets it himself. */
    static final int PORT = 19001;
    private static final int PEER_PORT = 19003;
    private static final int SECOND_PORT = 19005;

    /** Rate limits may be off in development only; the access log is on, as it is by default, and thrown away. */
    static final Map<String, String> SETTINGS = Map.of(
            "server.port", Integer.toString(PORT),
            "server.public-url", "http://localhost:" + PORT,
            "limits.enabled", "false",
            "password.hashing-waiting-per-address", "1000");

    private Latchkey() {}

    static Running start(Place place, Dataset dataset, String... settings) throws IOException, InterruptedException {
        return start(place, dataset, Map.of(), settings);
    }

    static Running start(Place place, Dataset dataset, Map<String, String> environment, String... settings)
            throws IOException, InterruptedException {
        return start(place, dataset, environment, PORT, SETTINGS, settings);
    }

    /** A second one, beside the first; both take tokens of the same issuer. */
    static Running startSecond(Place place, Dataset dataset, String... settings)
            throws IOException, InterruptedException {
        Map<String, String> own = new HashMap<>(SETTINGS);
        own.put("server.port", Integer.toString(SECOND_PORT));
        own.put("operations.port", Integer.toString(SECOND_PORT + 1));
        return start(place, dataset, Map.of(), SECOND_PORT, own, settings);
    }

    private static Running start(
            Place place,
            Dataset dataset,
            Map<String, String> environment,
            int port,
            Map<String, String> own,
            String... settings)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(place.launcher().toString(), "serve"));
        command.addAll(dataset.arguments());
        own.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        Map<String, String> all = new HashMap<>(dataset.environment());
        all.putAll(environment);
        Path log = place.out().resolve(port == PORT ? "latchkey.log" : "latchkey-" + port + ".log");
        return Running.start(command, all, port, "/health/ready", log);
    }

    /** The bare web server beside it. */
    static Running startPeer(Place place) throws IOException, InterruptedException {
        return Running.start(
                place.java("128m", BareHelidon.class, Integer.toString(PEER_PORT)),
                Map.of(),
                PEER_PORT,
                "/",
                place.out().resolve("peer.log"));
    }
}
