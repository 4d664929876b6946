package dev.latchkey.boot.doctor;

import dev.latchkey.db.DatabaseFacts;
import dev.latchkey.db.Engine;
import java.util.ArrayList;
import java.util.List;

/** What was acknowledged must outlive a power cut. */
final class PostgresDurability implements Check {
    @Override
    public String name() {
        return "durability";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .condition()
                .filter(it -> it.facts().engine() == Engine.POSTGRESQL)
                .map(it -> judged(it.facts()))
                .orElse(List.of());
    }

    List<Finding> judged(DatabaseFacts facts) {
        List<Finding> findings = new ArrayList<>();
        if (facts.setting("fsync").equals("off")) {
            findings.addAll(
                    fail("fsync is off in PostgreSQL: a power cut may lose or destroy the database. Turn it on."));
        }
        if (facts.setting("synchronous_commit").equals("off")) {
            findings.addAll(fail("synchronous_commit is off in PostgreSQL: what was acknowledged, a logout or a changed"
                    + " password, may be undone by a crash. Turn it on."));
        }
        if (facts.setting("full_page_writes").equals("off")) {
            findings.addAll(
                    warn("full_page_writes is off in PostgreSQL: a power cut may destroy pages. Turn it on, unless the"
                            + " file system itself never tears one."));
        }
        return findings.isEmpty()
                ? ok(
                        "PostgreSQL writes every commit to disk before it answers (fsync, synchronous_commit, full_page_writes).")
                : findings;
    }
}
