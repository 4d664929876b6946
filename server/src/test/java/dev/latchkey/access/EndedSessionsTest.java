package dev.latchkey.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EndedSessionsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final EndedSessions ended = new EndedSessions();

    @Test
    @DisplayName("S1-18 names every session that was added, however many, and no other")
    void holdsAll() {
        List<SessionId> all = sessions(20_000);
        all.forEach(session -> ended.add(session, NOON));
        assertThat(ended.size()).isEqualTo(20_000);
        assertThat(all).allMatch(ended::contains);
        assertThat(sessions(20_000)).noneMatch(ended::contains);
    }

    @Test
    @DisplayName("tells ids apart that differ in one half only, and takes the id that is all zeros")
    void everyBitCounts() {
        SessionId one = id(7, 9);
        SessionId zeros = id(0, 0);
        ended.add(one, NOON);
        assertThat(ended.contains(zeros)).isFalse();
        ended.add(zeros, NOON);
        assertThat(List.of(one, zeros)).allMatch(ended::contains);
        assertThat(List.of(id(7, 8), id(6, 9), id(9, 7), id(0, 1), id(1, 0))).noneMatch(ended::contains);
    }

    @Test
    @DisplayName("a session is held until the latest time it was added with, and forgotten once that has passed")
    void forgets() {
        SessionId longest = id(1, 1);
        List<SessionId> others = sessions(500);
        ended.add(longest, NOON.plusSeconds(60));
        ended.add(longest, NOON);
        others.forEach(session -> ended.add(session, NOON));
        ended.prune(NOON);
        assertThat(ended.size()).isEqualTo(501);
        ended.prune(NOON.plusMillis(1));
        assertThat(ended.size()).isEqualTo(1);
        assertThat(ended.contains(longest)).isTrue();
        assertThat(others).noneMatch(ended::contains);
        ended.prune(NOON.plusSeconds(61));
        assertThat(ended.size()).isZero();
    }

    @Test
    @DisplayName("whoever asks while others are added and forgotten misses none that was there before")
    void readsWhileWritten() throws Exception {
        List<SessionId> all = sessions(30_000);
        AtomicInteger added = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> readers = Stream.generate(() -> threads.submit(() -> missed(all, added)))
                    .limit(2)
                    .toList();
            Future<?> writer = threads.submit(() -> {
                for (SessionId session : all) {
                    ended.add(session, NOON.plusSeconds(1));
                    if (added.incrementAndGet() % 5_000 == 0) {
                        ended.add(id(3, added.get()), NOON.minusSeconds(1));
                        ended.prune(NOON);
                    }
                }
            });
            writer.get(60, TimeUnit.SECONDS);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isZero();
            }
        }
        assertThat(ended.size()).isEqualTo(30_000);
    }

    private int missed(List<SessionId> all, AtomicInteger added) {
        RandomGenerator random = RandomGenerator.getDefault();
        int missed = 0;
        for (int i = 0; i < 300_000; i++) {
            int there = added.get();
            missed += there == 0 || ended.contains(all.get(random.nextInt(there))) ? 0 : 1;
        }
        return missed;
    }

    private static List<SessionId> sessions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SessionId(UUID.randomUUID().toString()))
                .toList();
    }

    private static SessionId id(long high, long low) {
        return new SessionId(new UUID(high, low).toString());
    }
}
