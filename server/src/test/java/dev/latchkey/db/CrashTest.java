package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.DatabaseAddress.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 under write load: what was acknowledged is there. */
@Tag("crash")
@Timeout(1800)
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("latchkey.crash.rounds", 3);
    private static final int ACKNOWLEDGED_BEFORE_KILL = 400;

    @Test
    @DisplayName("SQLite: every acknowledged row survives kill -9, and the file passes its integrity check")
    void sqlite(@TempDir Path folder) throws Exception {
        DatabaseConfig config = DatabaseConfig.sqliteIn(folder);
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(runAndKill(folder, "", "r" + round + "-"));
            try (Database db = Databases.open(config)) {
                assertThat(subjects(db)).containsAll(acknowledged);
                assertThat(db.<String>read(sql -> sql.handle()
                                .createQuery("PRAGMA integrity_check")
                                .mapTo(String.class)
                                .one()))
                        .isEqualTo("ok");
                db.tx(tx -> DatabaseTest.insert(tx, "still writable" + tx.hashCode()));
            }
        }
    }

    @Test
    @DisplayName("PostgreSQL: every acknowledged row survives kill -9 of the node")
    void postgres(@TempDir Path folder) throws Exception {
        try (TestDatabase test = TestDatabase.on(Engine.POSTGRESQL)) {
            Set<String> acknowledged = new HashSet<>();
            String address = ((PostgresServer) test.config().address()).jdbcUrl() + "?user=postgres";
            for (int round = 0; round < ROUNDS; round++) {
                acknowledged.addAll(runAndKill(folder, address, "r" + round + "-"));
                assertThat(subjects(test.database())).containsAll(acknowledged);
            }
        }
    }

    private static Set<String> runAndKill(Path folder, String address, String prefix) throws IOException {
        Process child = ChildJvm.start(CrashingWriter.class, folder.toString(), address, prefix);
        Set<String> acknowledged = new HashSet<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // A line cut off by the kill has no full stop.
                if (line.startsWith(CrashingWriter.PREFIX) && line.endsWith(".")) {
                    acknowledged.add(line.substring(CrashingWriter.PREFIX.length(), line.length() - 1));
                }
                if (acknowledged.size() == ACKNOWLEDGED_BEFORE_KILL) {
                    // By its handle: Process.destroyForcibly would also close the stream with the last lines.
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
        return acknowledged;
    }

    private static Set<String> subjects(Database db) {
        return Set.copyOf(db.read(sql -> sql.handle()
                .createQuery("SELECT subject FROM change")
                .mapTo(String.class)
                .list()));
    }
}
