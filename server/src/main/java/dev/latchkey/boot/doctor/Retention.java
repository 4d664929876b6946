package dev.latchkey.boot.doctor;

import java.time.Duration;
import java.util.List;

/** What grows with use is bounded, or known to be kept. */
final class Retention implements Check {
    private static final long LARGE = 10L << 30;

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .condition()
                .map(it -> judged(
                        installation.configuration().audit().retention(),
                        it.facts().bytes()))
                .orElse(List.of());
    }

    List<Finding> judged(Duration retention, long bytes) {
        String size = "The database holds " + (bytes >> 20) + " MiB";
        if (!retention.isZero()) {
            return ok(size + "; audit events are kept for " + retention.toDays() + " days.");
        }
        return bytes > LARGE
                ? warn(size
                        + ", and audit events are kept for ever. If nothing obliges you, set audit.retention; export them"
                        + " first.")
                : ok(size + "; audit events are kept for ever (audit.retention).");
    }
}
