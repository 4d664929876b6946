package dev.latchkey.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.Database;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.DatabaseConfig;
import dev.latchkey.db.Databases;
import dev.latchkey.db.OwnPostgres;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FailoverTest {
    private final MutableClock clock = new MutableClock();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("N3 a node that reads from a standby counts as cut off until it is promoted")
    void standby() {
        try (OwnPostgres postgres = OwnPostgres.started();
                TestDatabase test = postgres.database()) {
            Database db = test.database();
            ChangeLog log = new ChangeLog(db, clock);
            log.on("kind", change -> heard.add(change.subject()));
            append(db, log);
            log.poll();

            postgres.stop();
            postgres.startAsStandby();
            clock.advance(Duration.ofSeconds(2));
            // The first attempts may meet connections of the server that was stopped.
            assertThatThrownBy(() -> {
                        for (int attempt = 0; attempt < 20; attempt++) {
                            pollIfConnected(log);
                        }
                    })
                    .isInstanceOfSatisfying(
                            Problem.class,
                            refusal -> assertThat(refusal.internal()).contains("standby"));
            assertThat(log.lag()).isGreaterThan(Duration.ofSeconds(1));
            assertThatThrownBy(() -> readNamingTwo(test.config())).isInstanceOf(Problem.class);

            TestDatabase.outsideTransaction(test, "SELECT pg_promote(true, 60)");
            log.poll();
            assertThat(log.lag()).isZero();
            assertThat(readNamingTwo(test.config())).isFalse();
        }
    }

    private static void pollIfConnected(ChangeLog log) {
        try {
            log.poll();
        } catch (Problem failed) {
            if (failed.internal().contains("standby")) {
                throw failed;
            }
        }
    }

    /** Whether the server that an address that names two hosts leads to follows another. */
    private static boolean readNamingTwo(DatabaseConfig config) {
        PostgresServer server = (PostgresServer) config.address();
        PostgresServer several = new PostgresServer(
                server.jdbcUrl().replaceFirst("//([^/]+)", "//$1,$1"), server.user(), server.password());
        try (Database db = Databases.open(new DatabaseConfig(several, config.dataDirectory(), 2, 2))) {
            return db.read(sql -> sql.handle()
                    .createQuery("SELECT pg_is_in_recovery()")
                    .mapTo(boolean.class)
                    .one());
        }
    }

    private void append(Database db, ChangeLog log) {
        db.tx(tx -> {
            log.append(
                    tx,
                    new Change(TenantId.MAIN, "kind", "s1", "", clock.instant().plus(Duration.ofMinutes(15))));
            return true;
        });
    }
}
