package dev.latchkey.boot.doctor;

import dev.latchkey.db.Engine;
import java.util.List;

/** What a bad disk or a copied file breaks. */
final class SqliteIntegrity implements Check {
    @Override
    public String name() {
        return "integrity";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .condition()
                .filter(it -> it.facts().engine() == Engine.SQLITE)
                .map(it -> judged(it.facts().integrityProblems()))
                .orElse(List.of());
    }

    private List<Finding> judged(List<String> problems) {
        return problems.isEmpty()
                ? ok("SQLite finds its file whole.")
                : fail("The database file is damaged: " + problems.getFirst()
                        + ". Stop the server, keep a copy of the folder as it is, and restore the newest backup.");
    }
}
