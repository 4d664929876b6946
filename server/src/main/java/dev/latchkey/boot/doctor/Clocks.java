package dev.latchkey.boot.doctor;

import dev.latchkey.db.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tokens, links and locks end by the clock, and servers that share a database must agree about it. */
final class Clocks implements Check {
    private static final Duration SOME = Duration.ofSeconds(2);
    private static final Duration MUCH = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .condition()
                .filter(it -> it.facts().engine() == Engine.POSTGRESQL)
                .map(it -> judged(installation.clock().instant(), it.facts().clock()))
                .orElse(List.of());
    }

    private List<Finding> judged(Instant here, Instant there) {
        Duration apart = Duration.between(here, there).abs();
        if (apart.compareTo(MUCH) > 0) {
            return fail(
                    "This machine's clock and the database's are " + apart.toSeconds()
                            + " s apart: tokens of one server are refused by another. Let all machines follow a time server (NTP).");
        }
        return apart.compareTo(SOME) > 0
                ? warn("This machine's clock and the database's are " + apart.toSeconds()
                        + " s apart. Let all machines follow a time server (NTP).")
                : ok("This machine's clock and the database's agree.");
    }
}
