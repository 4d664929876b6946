package dev.latchkey.boot.doctor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether anybody would notice. */
final class MetricsReading implements Check {
    private static final Duration LONG_AGO = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public List<Finding> run(Installation installation) {
        try {
            JsonNode info = JsonMapper.shared()
                    .readTree(installation.listener().get("/info").body());
            Optional<Instant> read = info.at("/metricsLastReadAt").asStringOpt().map(Instant::parse);
            return judged(installation, read);
        } catch (IOException noServer) {
            return List.of();
        }
    }

    private List<Finding> judged(Installation installation, Optional<Instant> read) {
        if (read.isPresent()
                && read.get().isAfter(installation.clock().instant().minus(LONG_AGO))) {
            return ok("The metrics were last read on " + read.get() + ".");
        }
        String when = read.map(time -> "since " + time).orElse("since the server started");
        return installation.isProduction()
                ? warn("Nobody has read the metrics " + when
                        + ". Let Prometheus read /metrics on operations.port, and set alarms"
                        + " as docs/operations.md says.")
                : ok("Nobody has read the metrics " + when + ".");
    }
}
