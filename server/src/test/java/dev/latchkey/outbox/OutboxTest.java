package dev.latchkey.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Sealers;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Database;
import dev.latchkey.db.Databases;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Duration A_WEEK = Duration.ofDays(7);

    private final Sealer sealer = Sealers.forTests();
    private final RecordingDelivery delivery = new RecordingDelivery();

    private record Letter(String text, Optional<Instant> uselessFrom) implements OutboxMessage {
        @Override
        public TenantId tenant() {
            return TenantId.MAIN;
        }

        @Override
        public String kind() {
            return "letter";
        }

        @Override
        public byte[] payload() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    @BothEngines
    @DisplayName("a message is sealed while it waits and gone from the table once delivered")
    void sealedThenWiped(TestDatabase test, MutableClock clock) {
        Outbox outbox = outbox(test.database(), clock);
        enqueue(test.database(), outbox, "the token is hunter2");
        assertThat(rows(test.database()))
                .hasSize(1)
                .allSatisfy(row -> assertThat(row).doesNotContain("hunter2", "token"));
        assertThat(outbox.counts()).isEqualTo(new OutboxCounts(1, 0));

        assertThat(outbox.dispatchDue()).isEqualTo(1);
        assertThat(delivery.tries()).containsExactly("the token is hunter2");
        assertThat(rows(test.database())).isEmpty();
        assertThat(outbox.dispatchDue()).isZero();
    }

    @BothEngines
    @DisplayName("what rolls back is never sent")
    void rollback(TestDatabase test, MutableClock clock) {
        Database db = test.database();
        Outbox outbox = outbox(db, clock);
        assertThatThrownBy(() -> db.tx(tx -> {
                    outbox.enqueue(tx, letter("no"));
                    throw new IllegalStateException("the use case failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(rows(db)).isEmpty();
        assertThat(outbox.dispatchDue()).isZero();
        assertThat(delivery.tries()).isEmpty();
    }

    @BothEngines
    @DisplayName("a failed message is tried again, each time about twice as late, at most every hour")
    void backsOff(TestDatabase test, MutableClock clock) {
        Outbox outbox = outbox(test.database(), clock);
        enqueue(test.database(), outbox, "patience");
        delivery.answers(() -> new Outcome.Failed("away"));
        List<Duration> waits = new ArrayList<>();
        for (int tries = 1; tries <= 12; tries++) {
            outbox.dispatchDue();
            assertThat(delivery.tries()).hasSize(tries);
            Duration wait = Duration.between(clock.instant(), nextTry(test.database()));
            clock.advance(wait.minusMillis(1));
            outbox.dispatchDue();
            assertThat(delivery.tries()).as("not before its time").hasSize(tries);
            clock.advance(Duration.ofMillis(1));
            waits.add(wait);
        }
        for (int i = 0; i < waits.size(); i++) {
            double plain = Math.min(10 * Math.pow(2, i), 3600);
            assertThat(waits.get(i).toMillis() / 1000.0).isBetween(plain * 0.8 - 0.001, plain * 1.2 + 0.001);
        }
        delivery.answers(Outcome.Delivered::new);
        assertThat(outbox.dispatchDue()).isEqualTo(1);
        assertThat(new HashSet<>(delivery.ids())).as("one id for all tries").hasSize(1);
    }

    @BothEngines
    @DisplayName("tried 30 times, a message is a dead letter, and forgotten seven days later")
    void exhausted(TestDatabase test, MutableClock clock) {
        Outbox outbox = outbox(test.database(), clock);
        enqueue(test.database(), outbox, "hopeless");
        delivery.answers(() -> new Outcome.Failed("away"));
        Instant start = clock.instant();
        while (outbox.counts().queued() > 0) {
            clock.set(nextTry(test.database()));
            outbox.dispatchDue();
        }
        assertThat(delivery.tries()).hasSize(Backoff.MAX_TRIES);
        assertThat(Duration.between(start, clock.instant())).isBetween(Duration.ofHours(17), Duration.ofHours(26));
        assertForgottenAfterAWeek(test, clock, outbox);
    }

    @BothEngines
    @DisplayName("a refused message is a dead letter at once")
    void refused(TestDatabase test, MutableClock clock) {
        Outbox outbox = outbox(test.database(), clock);
        enqueue(test.database(), outbox, "nobody lives there");
        delivery.answers(() -> new Outcome.Refused("no such mailbox"));
        assertThat(outbox.dispatchDue()).isZero();
        assertThat(rows(test.database())).singleElement().asString().contains("no such mailbox");
        assertForgottenAfterAWeek(test, clock, outbox);
        assertThat(delivery.tries()).hasSize(1);
    }

    @BothEngines
    @DisplayName("without a way to send, messages wait and no try is counted")
    void waits(TestDatabase test, MutableClock clock) {
        Outbox outbox = outbox(test.database(), clock);
        enqueue(test.database(), outbox, "later");
        delivery.available(false);
        for (int i = 0; i < 50; i++) {
            clock.advance(Duration.ofHours(2));
            assertThat(outbox.dispatchDue()).isZero();
        }
        delivery.available(true);
        assertThat(outbox.dispatchDue()).isEqualTo(1);
        assertThat(delivery.tries()).containsExactly("later");
    }

    @BothEngines
    @DisplayName("what is of no more use is not sent, and its content not kept")
    void tooLate(TestDatabase test, MutableClock clock) {
        Outbox outbox = outbox(test.database(), clock);
        Instant useless = clock.instant().plus(Duration.ofMinutes(30));
        test.database().tx(tx -> {
            outbox.enqueue(tx, new Letter("a link that ended", Optional.of(useless)));
            return true;
        });
        delivery.available(false);
        clock.advance(Duration.ofMinutes(30));
        delivery.available(true);
        assertThat(outbox.dispatchDue()).isZero();
        assertThat(delivery.tries()).isEmpty();
        assertThat(payloads(test.database())).containsExactly(new byte[0]);
        assertForgottenAfterAWeek(test, clock, outbox);
    }

    @BothEngines
    @DisplayName("a discarded message costs the same one row and goes nowhere")
    void discarded(TestDatabase test, MutableClock clock) {
        Outbox outbox = outbox(test.database(), clock);
        delivery.available(false);
        test.database().tx(tx -> {
            outbox.enqueue(tx, new Discarded(TenantId.MAIN));
            return true;
        });
        assertThat(rows(test.database())).hasSize(1);
        outbox.dispatchDue();
        assertThat(rows(test.database())).isEmpty();
        assertThat(delivery.tries()).isEmpty();
    }

    @BothEngines
    @DisplayName("two dispatchers share 50 messages: each is delivered once")
    void leaseRace(TestDatabase test, MutableClock clock) throws Exception {
        Database db = test.database();
        List<Database> opened = new ArrayList<>();
        Outbox one = outbox(db, clock);
        Outbox two = outbox(secondNode(test, opened), clock);
        int rounds = 6;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < 50; i++) {
                enqueue(db, one, "letter " + round + "." + i);
            }
            assertThat(inParallel(List.of(one, two, one, two))).isEqualTo(50);
        }
        assertThat(delivery.tries()).hasSize(rounds * 50).doesNotHaveDuplicates();
        assertThat(rows(db)).isEmpty();
        opened.forEach(Database::close);
    }

    @BothEngines
    @DisplayName("what a node claimed and did not finish, another sends when the lease ends")
    void leaseEnds(TestDatabase test, MutableClock clock) {
        Outbox dies = outbox(test.database(), clock);
        Outbox lives = outbox(test.database(), clock);
        enqueue(test.database(), dies, "left behind");
        OutboxStore store = new OutboxStore();
        Lease lease = new Lease("the dead node", clock.instant().plus(Duration.ofMinutes(6)));
        assertThat(test.database()
                        .<List<Claimed>>tx(tx -> store.claim(tx, List.of("letter"), lease, clock.instant(), 20)))
                .hasSize(1);
        assertThat(lives.dispatchDue()).isZero();
        clock.advance(Duration.ofMinutes(6));
        assertThat(lives.dispatchDue()).isEqualTo(1);
        assertThat(delivery.tries()).containsExactly("left behind");
    }

    @Test
    @DisplayName(
            "on SQLite, where no other server can be sending, a start takes up at once what a killed one had claimed")
    void takenUpAtTheStart() throws Exception {
        MutableClock clock = new MutableClock();
        CountDownLatch sent = new CountDownLatch(1);
        delivery.answers(() -> {
            sent.countDown();
            return new Outcome.Delivered();
        });
        try (TestDatabase test = TestDatabase.on(Engine.SQLITE);
                Outbox outbox = outbox(test.database(), clock)) {
            enqueue(test.database(), outbox, "left behind");
            OutboxStore store = new OutboxStore();
            Lease lease = new Lease("the killed server", clock.instant().plus(Duration.ofMinutes(6)));
            test.database().<List<Claimed>>tx(tx -> store.claim(tx, List.of("letter"), lease, clock.instant(), 20));

            outbox.start();

            assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @BothEngines
    @DisplayName("a message that brings the delivery to fall is tried again and holds nothing up")
    void aBrokenMessageHoldsNothingUp(TestDatabase test, MutableClock clock) {
        Outbox outbox = outbox(test.database(), clock);
        enqueue(test.database(), outbox, "bad");
        enqueue(test.database(), outbox, "good");
        delivery.answers(() -> {
            if (delivery.tries().getLast().equals("bad")) {
                throw new IllegalStateException("bad");
            }
            return new Outcome.Delivered();
        });
        assertThat(outbox.dispatchDue()).isEqualTo(1);
        assertThat(outbox.counts()).isEqualTo(new OutboxCounts(1, 0));
    }

    @BothEngines
    @DisplayName("the background thread sends as soon as the transaction is durable")
    void wokenByTheCommit(TestDatabase test, MutableClock clock) throws Exception {
        CountDownLatch sent = new CountDownLatch(3);
        delivery.answers(() -> {
            sent.countDown();
            return new Outcome.Delivered();
        });
        try (Outbox outbox = outbox(test.database(), clock)) {
            enqueue(test.database(), outbox, "from before the start");
            outbox.start();
            enqueue(test.database(), outbox, "one");
            enqueue(test.database(), outbox, "two");
            assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(rows(test.database())).isEmpty();
    }

    /** How many were delivered by dispatchers that begin at the same moment. */
    private static int inParallel(List<Outbox> dispatchers) throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        int delivered = 0;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> results = new ArrayList<>();
            for (Outbox outbox : dispatchers) {
                results.add(pool.submit(() -> {
                    ready.await();
                    return outbox.dispatchDue();
                }));
            }
            ready.countDown();
            for (Future<Integer> result : results) {
                delivered += result.get();
            }
        }
        return delivered;
    }

    private void assertForgottenAfterAWeek(TestDatabase test, MutableClock clock, Outbox outbox) {
        assertThat(outbox.counts()).isEqualTo(new OutboxCounts(0, 1));
        clock.advance(A_WEEK.minusMillis(1));
        outbox.dispatchDue();
        assertThat(outbox.counts()).isEqualTo(new OutboxCounts(0, 1));
        clock.advance(Duration.ofMillis(1));
        outbox.dispatchDue();
        assertThat(rows(test.database())).isEmpty();
    }

    /** Another server process on PostgreSQL; on SQLite, where there is none, the same database. */
    private static Database secondNode(TestDatabase test, List<Database> opened) {
        if (test.engine() == Engine.SQLITE) {
            return test.database();
        }
        Database second = Databases.open(test.config());
        opened.add(second);
        return second;
    }

    private Outbox outbox(Database database, MutableClock clock) {
        return new Outbox(database, sealer, new Secrets(clock), clock, Map.of("letter", delivery));
    }

    private static Letter letter(String text) {
        return new Letter(text, Optional.empty());
    }

    private static void enqueue(Database database, Outbox outbox, String text) {
        database.tx(tx -> {
            outbox.enqueue(tx, letter(text));
            return true;
        });
    }

    private static Instant nextTry(Database database) {
        OutboxStore store = new OutboxStore();
        return database.read(sql -> store.nextDue(sql, List.of("letter"))).orElseThrow();
    }

    private static List<String> rows(Database database) {
        return database.read(sql -> sql.handle()
                .createQuery("SELECT * FROM outbox")
                .map((row, context) -> {
                    StringBuilder text = new StringBuilder();
                    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                        byte[] bytes = row.getBytes(column);
                        text.append(bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1));
                        text.append('|').append(row.getString(column)).append('|');
                    }
                    return text.toString();
                })
                .list());
    }

    private static List<byte[]> payloads(Database database) {
        return database.read(sql -> sql.handle()
                .createQuery("SELECT payload FROM outbox")
                .map((row, context) -> row.getBytes(1))
                .list());
    }
}
