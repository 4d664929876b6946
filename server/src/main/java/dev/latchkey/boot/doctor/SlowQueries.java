package dev.latchkey.boot.doctor;

import dev.latchkey.db.Engine;
import java.util.List;

/** Whether PostgreSQL will tell which statements are slow. */
final class SlowQueries implements Check {
    @Override
    public String name() {
        return "slow queries";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .condition()
                .filter(it -> it.facts().engine() == Engine.POSTGRESQL)
                .map(it -> judged(it.facts().hasStatementStatistics()))
                .orElse(List.of());
    }

    List<Finding> judged(boolean statistics) {
        return statistics
                ? ok("pg_stat_statements tells which statements are slow.")
                : warn(
                        "Nothing in PostgreSQL tells which statements are slow. Add pg_stat_statements to"
                                + " shared_preload_libraries, restart it, and run CREATE EXTENSION pg_stat_statements in this database.");
    }
}
