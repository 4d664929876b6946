package dev.latchkey.boot;

import dev.latchkey.core.Eventually;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.redis.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two servers of one installation over one PostgreSQL, in this process, on one clock that the test moves. While the clock stands
 * still both count as up to date; a test that wants to know what a node does on its own moves it by more than a second.
 */
public final class TwoNodes implements AutoCloseable {
    /** Where the nodes keep short-lived state. */
    public enum Sharing {
        DATABASE_ALONE,
        WITH_REDIS
    }

    private final TestDatabase database;
    private final MutableClock clock = new MutableClock();
    private final TestServer first;
    private final TestServer second;
    private final AtomicInteger turn = new AtomicInteger();

    private TwoNodes(TestDatabase database, String... settings) {
        this.database = database;
        this.first = TestServer.on(database, clock, settings);
        this.second = TestServer.on(database, clock, settings);
    }

    /** @param settings keys and values in turn, over the defaults of a test */
    public static TwoNodes sharing(Sharing sharing, String... settings) {
        return switch (sharing) {
            case DATABASE_ALONE -> over(TestDatabase.on(Engine.POSTGRESQL), settings);
            case WITH_REDIS -> withRedis(TestRedis.running(), settings);
        };
    }

    /** Over a Redis that the test stops and starts. */
    public static TwoNodes withRedis(TestRedis redis, String... settings) {
        TwoNodes nodes = withRedisLater(redis, settings);
        nodes.awaitRedis();
        return nodes;
    }

    /** Over a Redis that may be away for now. */
    public static TwoNodes withRedisLater(TestRedis redis, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "redis.host",
                "127.0.0.1",
                "redis.port",
                Integer.toString(redis.port()),
                "redis.prefix",
                TestRedis.prefix(),
                "redis.timeout",
                "5s"));
        all.addAll(List.of(settings));
        return over(TestDatabase.on(Engine.POSTGRESQL), all.toArray(String[]::new));
    }

    /** Over a database that the test stops and starts; closing removes it. */
    public static TwoNodes over(TestDatabase database, String... settings) {
        return new TwoNodes(database, settings);
    }

    public TestServer first() {
        return first;
    }

    public TestServer second() {
        return second;
    }

    /** One node, then the other: what many callers behind a load balancer get. */
    public TestServer next() {
        return turn.getAndIncrement() % 2 == 0 ? first : second;
    }

    /** Returns once both are connected to Redis. */
    public void awaitRedis() {
        first.awaitRedis();
        second.awaitRedis();
    }

    /** Returns once both say they take traffic. */
    public void awaitReady() {
        for (TestServer node : List.of(first, second)) {
            Eventually.holds(
                    "a node becomes ready",
                    () -> node.client().get("/health/ready").status() == 200);
        }
    }

    public MutableClock clock() {
        return clock;
    }

    @Override
    public void close() {
        try (first;
                second) {
            turn.set(0);
        } finally {
            database.close();
        }
    }
}
