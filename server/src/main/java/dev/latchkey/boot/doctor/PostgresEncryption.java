package dev.latchkey.boot.doctor;

import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.Engine;
import java.net.URI;
import java.util.List;

/** The way between server and database. */
final class PostgresEncryption implements Check {
    @Override
    public String name() {
        return "database connection";
    }

    @Override
    public List<Finding> run(Installation installation) {
        if (!(installation.configuration().database().address() instanceof PostgresServer server)) {
            return List.of();
        }
        return installation
                .condition()
                .filter(it -> it.facts().engine() == Engine.POSTGRESQL)
                .map(it -> judged(server.jdbcUrl(), it.facts().encrypted()))
                .orElse(List.of());
    }

    List<Finding> judged(String jdbcUrl, boolean encrypted) {
        String host = String.valueOf(
                URI.create(jdbcUrl.substring("jdbc:".length()).split(",")[0]).getHost());
        if (!encrypted && Addresses.isLoopback(host)) {
            return ok("PostgreSQL is on this machine, so the connection is not encrypted.");
        }
        if (!encrypted) {
            return fail("The connection to PostgreSQL at " + host
                    + " is not encrypted: password hashes and personal data cross the network in the clear. Turn ssl on there,"
                    + " and add ?sslmode=verify-full to database.url.");
        }
        return jdbcUrl.contains("sslmode=verify-full")
                ? ok("The connection to PostgreSQL is encrypted, and its certificate is checked.")
                : warn("The connection to PostgreSQL is encrypted, but anyone in between can pose as it. Add"
                        + " ?sslmode=verify-full (and sslrootcert) to database.url.");
    }
}
