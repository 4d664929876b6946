package dev.latchkey.boot.doctor;

import dev.latchkey.db.Engine;
import java.util.List;

/** What a hole in this server would open in the database's. Tenants are kept apart by the queries, not by row-level security. */
final class PostgresRole implements Check {
    @Override
    public String name() {
        return "database role";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .condition()
                .filter(it -> it.facts().engine() == Engine.POSTGRESQL)
                .map(it -> judged(it.facts().superuser()))
                .orElse(List.of());
    }

    private List<Finding> judged(boolean superuser) {
        return superuser
                ? warn(
                        "Latchkey signs in to PostgreSQL as a superuser, who owns every database there. Make a role of its own"
                                + " that owns this database only.")
                : ok(
                        "Latchkey has a role of its own in PostgreSQL. Give other applications no right on its tables: it keeps"
                                + " tenants apart in its queries and uses no row-level security.");
    }
}
