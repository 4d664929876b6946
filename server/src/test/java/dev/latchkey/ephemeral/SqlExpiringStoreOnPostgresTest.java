package dev.latchkey.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.Engine;
import dev.latchkey.db.Reaper;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqlExpiringStoreOnPostgresTest extends ExpiringStoreContract {
    private final TestDatabase test = TestDatabase.on(Engine.POSTGRESQL);
    private final SqlExpiringStore store = new SqlExpiringStore(test.database(), clock);

    @Override
    ExpiringStore store() {
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
