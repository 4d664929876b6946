package dev.latchkey.boot.doctor;

import dev.latchkey.db.DatabaseFacts.Connections;
import dev.latchkey.db.Engine;
import java.util.List;

/** Whether PostgreSQL has as many connections as the servers may want: who finds none waits, and is then answered 503. */
final class PostgresCapacity implements Check {
    @Override
    public String name() {
        return "database capacity";
    }

    @Override
    public List<Finding> run(Installation installation) {
        int most = installation.configuration().database().mostConnections();
        return installation
                .condition()
                .filter(it -> it.facts().engine() == Engine.POSTGRESQL)
                .map(it -> judged(most, it.facts().connections()))
                .orElse(List.of());
    }

    /** @param most what one server may want */
    List<Finding> judged(int most, Connections found) {
        long servers = Math.max(1, Math.ceilDiv(found.ours(), most));
        long wanted = servers * most + found.others();
        long fit = Math.max(0, found.usable() - found.others()) / most;
        String limits = "a server wants up to " + most + " (database.connections times 1.5 plus one), PostgreSQL lets "
                + found.usable() + " in, and others hold " + found.others() + " of them";
        if (wanted > found.usable()) {
            return fail("PostgreSQL has too few connections for " + servers + " server" + (servers == 1 ? "" : "s")
                    + ": " + limits + ". Raise max_connections, or lower database.connections.");
        }
        return ok("PostgreSQL has connections for " + fit + " server" + (fit == 1 ? "" : "s") + " like this: " + limits
                + ".");
    }
}
