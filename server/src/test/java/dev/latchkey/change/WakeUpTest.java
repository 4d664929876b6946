package dev.latchkey.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.KnownSettings;
import dev.latchkey.config.Settings;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Notifications;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.redis.Redis;
import dev.latchkey.redis.RedisConfig;
import dev.latchkey.redis.TestRedis;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that would poll once a day only, so that what they hear they heard of by being woken. */
@Timeout(120)
class WakeUpTest {
    private static final long DAY = TimeUnit.DAYS.toNanos(1);
    private static final String KIND = "session.ended";

    private final TestDatabase database = TestDatabase.on(Engine.POSTGRESQL);
    private final Clock clock = Clock.systemUTC();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final ChangeLog writer = new ChangeLog(database.database(), clock, DAY, DAY);
    private final ChangeLog sleeper = new ChangeLog(database.database(), clock, DAY, DAY);

    WakeUpTest() {
        sleeper.on(KIND, change -> heard.add(change.subject()));
        sleeper.start();
    }

    @AfterEach
    void close() {
        sleeper.close();
        database.close();
    }

    private void append(String subject) {
        database.database().tx(tx -> {
            writer.append(
                    tx,
                    new Change(TenantId.MAIN, KIND, subject, "", clock.instant().plus(Duration.ofMinutes(15))));
            return true;
        });
    }

    private void assertHears(String subject) throws InterruptedException {
        assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(subject);
    }

    @Test
    @DisplayName("NOTIFY wakes other nodes, also after the listening connection was lost")
    void postgres() throws Exception {
        BlockingQueue<Boolean> listening = new LinkedBlockingQueue<>();
        PostgresServer server = (PostgresServer) database.config().address();
        try (Notifications notifications = new Notifications(server, ChangeLog.CHANNEL, () -> {
            listening.add(true);
            sleeper.wake();
        })) {
            notifications.start();
            listening.take();
            append("first");
            assertHears("first");
            listening.take();
            listening.clear();
            endListeners();
            listening.take();
            append("second");
            assertHears("second");
        }
    }

    private void endListeners() {
        database.database()
                .tx(tx -> tx.handle()
                        .createQuery("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND query LIKE 'LISTEN%'")
                        .mapTo(Boolean.class)
                        .list());
    }

    @Test
    @DisplayName("Redis wakes other nodes, also after it was restarted")
    void redis() throws Exception {
        try (TestRedis server = TestRedis.own();
                Redis there = redis(server);
                Redis here = redis(server)) {
            there.hear(ChangeLog.CHANNEL, word -> sleeper.wake());
            writer.announceBy(() -> here.tell(ChangeLog.CHANNEL, ""));
            start(there);
            start(here);
            append("first");
            assertHears("first");
            server.stop();
            append("unheard, and no reason to fail");
            server.start();
            assertThat(heardByTelling(here)).isEqualTo("unheard, and no reason to fail");
            append("second");
            assertHears("second");
        }
    }

    /** Subscriptions come back a moment after Redis does. */
    private String heardByTelling(Redis here) throws InterruptedException {
        String word = null;
        while (word == null) {
            here.tell(ChangeLog.CHANNEL, "");
            word = heard.poll(50, TimeUnit.MILLISECONDS);
        }
        return word;
    }

    private static void start(Redis redis) {
        redis.start();
        TestRedis.await(redis);
    }

    private static Redis redis(TestRedis server) {
        Map<String, String> settings = Map.of("redis.host", "127.0.0.1", "redis.port", "" + server.port());
        return new Redis(
                RedisConfig.from(Settings.of(KnownSettings.all(), settings)).orElseThrow(), Clock.systemUTC());
    }
}
