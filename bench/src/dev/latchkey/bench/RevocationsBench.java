package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;

/** What a server holds in memory with 100 000 ended sessions whose tokens have not expired. */
final class RevocationsBench implements Bench.Benchmark {
    private static final int REVOKED = 100_000;

    @Override
    public void run(Place place, Report report) throws Exception {
        Dataset dataset = Dataset.sqlite(place, 10_000);
        revoke(dataset);
        try (Tokens tokens = new Tokens(dataset);
                Running server = Latchkey.start(place, dataset)) {
            requireHeld(server);
            report.add(Figure.reported("start to ready with 100 000 revocations", server.startMillis(), "ms"));
            Path warm = tokens.write(place.out().resolve("tokens-warm"), 10_000, 10_000);
            new Wrk(place.script("requests.lua"), server.url("/api/v1/auth/me"))
                    .with("TOKENS", warm)
                    .run(place.seconds());
            Memory.report(report, "resident memory with them, after a load", server);
        } finally {
            try (Connection connection = dataset.open();
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM change");
            }
        }
    }

    private static void requireHeld(Running server) throws IOException, InterruptedException {
        double held = server.metric("latchkey_revocations");
        if (held < REVOKED) {
            throw new IOException("the server holds " + held + " revocations");
        }
    }

    private static void revoke(Dataset dataset) throws Exception {
        long expires = System.currentTimeMillis() + Duration.ofMinutes(17).toMillis();
        try (Connection connection = dataset.open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO change (seq, tenant_id, kind, subject, value, expires_at)
                    VALUES ((SELECT seq FROM change_head) + ?, 'main', 'session', ?, 'bench', ?)""")) {
                for (int i = 0; i < REVOKED; i++) {
                    insert.setInt(1, i + 1);
                    insert.setString(2, People.session(1_000_000 + i));
                    insert.setLong(3, expires);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            statement.execute("UPDATE change_head SET seq = seq + " + REVOKED);
            connection.commit();
        }
    }
}
