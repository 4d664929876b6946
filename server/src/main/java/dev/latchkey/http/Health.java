package dev.latchkey.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether the server lives and whether it should get traffic. The public answers are one word; what exactly is wrong is told on
 * the operations listener only.
 */
final class Health {
    /** How one check went. {@code problem} is empty where all is well. */
    record Finding(String check, boolean ok, Optional<String> problem) {}

    // Probes come from everywhere and often; the checks they cause must not.
    private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final List<HealthCheck> checks;
    private final System.Logger log = System.getLogger("dev.latchkey.http");
    private volatile boolean draining = false;
    private volatile long goodUntil;

    Health(List<HealthCheck> checks) {
        this.checks = List.copyOf(checks);
        this.goodUntil = System.nanoTime();
    }

    Mount mount() {
        Mount mount = new Mount("/health", ErrorShape.PLAIN);
        mount.get("/live", Access.anyone(), request -> answer(true))
                .unlimited()
                .summary("Tells whether the process lives.");
        mount.get("/ready", Access.anyone(), request -> answer(isReady()))
                .unlimited()
                .summary("Tells whether the server takes traffic.");
        return mount;
    }

    /** From now on not ready: load balancers should look elsewhere while the rest is served. */
    void drain() {
        draining = true;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (draining) {
            findings.add(new Finding("running", false, Optional.of("the server is stopping")));
        }
        for (HealthCheck check : checks) {
            findings.add(run(check));
        }
        return findings;
    }

    /** Whether the server should get traffic; the first check that fails decides, so that this takes no longer than it must. */
    boolean isReady() {
        if (draining) {
            return false;
        }
        if (System.nanoTime() - goodUntil < 0) {
            return true;
        }
        boolean ready = checks.stream().allMatch(check -> run(check).ok());
        if (ready) {
            goodUntil = System.nanoTime() + KEPT_NANOS;
        }
        return ready;
    }

    private Finding run(HealthCheck check) {
        try {
            Optional<String> problem = check.problem().get();
            return new Finding(check.name(), problem.isEmpty(), problem);
        } catch (RuntimeException failure) {
            log.log(System.Logger.Level.WARNING, "the health check " + check.name() + " failed", failure);
            return new Finding(check.name(), false, Optional.of("the check itself failed; the log says why"));
        }
    }

    private static Reply answer(boolean good) {
        byte[] word = (good ? "UP\n" : "DOWN\n").getBytes(StandardCharsets.UTF_8);
        return Reply.bytes(TEXT, word).withStatus(good ? 200 : 503);
    }
}
