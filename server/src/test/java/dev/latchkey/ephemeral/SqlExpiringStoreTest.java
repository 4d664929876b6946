package dev.latchkey.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.Engine;
import dev.latchkey.db.Reaper;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SqlExpiringStoreTest {
    @Nested
    @DisplayName("on SQLite")
    class OnSqlite extends OnEngine {
        OnSqlite() {
            super(Engine.SQLITE);
        }
    }

    @Nested
    @DisplayName("on PostgreSQL")
    class OnPostgres extends OnEngine {
        OnPostgres() {
            super(Engine.POSTGRESQL);
        }
    }

    abstract static class OnEngine extends ExpiringStoreContract {
        private final TestDatabase test;
        private final SqlExpiringStore store;

        OnEngine(Engine engine) {
            test = TestDatabase.on(engine);
            store = new SqlExpiringStore(test.database(), clock);
        }

        @Override
        public ExpiringStore store() {
            return store;
        }

        @Test
        void theReaperDeletesWhatExpiredAndNothingElse() {
            EntryKind kind = new EntryKind("many", 10_000);
            for (int i = 0; i < Reaper.BATCH + 1; i++) {
                store.put(kind, "short " + i, "", Duration.ofSeconds(1));
            }
            store.put(kind, "long", "kept", Duration.ofHours(1));
            clock.advance(Duration.ofSeconds(1));
            Reaper reaper = new Reaper(test.database(), Duration.ofHours(1));
            reaper.register("ephemeral", store::deleteExpired);
            assertThat(reaper.reap()).isEqualTo(Reaper.BATCH + 1);
            assertThat(reaper.reap()).isZero();
            assertThat(store.get(kind, "long")).contains("kept");
        }

        @AfterEach
        void close() {
            test.close();
        }
    }
}
