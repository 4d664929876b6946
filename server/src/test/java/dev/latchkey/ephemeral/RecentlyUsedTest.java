package dev.latchkey.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecentlyUsedTest {
    @Test
    @DisplayName("holds no more than its capacity, and what is used stays however much comes once")
    void boundedAndResistant() {
        RecentlyUsed<String, Integer> recent = new RecentlyUsed<>(1_000);
        IntStream.range(0, 100).forEach(i -> recent.put("often" + i, i));
        for (int i = 0; i < 100_000; i++) {
            recent.put("once" + i, i);
            assertThat(recent.find("often" + i % 100)).contains(i % 100);
        }
        assertThat(recent.size()).isLessThanOrEqualTo(1_000);
        assertThat(recent.find("once0")).isEmpty();
    }

    @Test
    @DisplayName("forgets what nobody uses any more once others need the room")
    void forgets() {
        RecentlyUsed<Integer, Integer> recent = new RecentlyUsed<>(8);
        IntStream.range(0, 8).forEach(i -> recent.put(i, i));
        IntStream.range(0, 8).forEach(recent::find);
        IntStream.range(100, 200).forEach(i -> recent.put(i, i));
        assertThat(IntStream.range(0, 8).filter(i -> recent.find(i).isPresent()))
                .hasSizeLessThan(8);
        assertThat(recent.size()).isEqualTo(8);
    }

    @Test
    @DisplayName("has one value for a key, and none once it is removed")
    void replacesAndRemoves() {
        RecentlyUsed<String, String> recent = new RecentlyUsed<>(16);
        recent.put("key", "old");
        recent.put("key", "new");
        assertThat(recent.find("key")).contains("new");
        assertThat(recent.size()).isEqualTo(1);
        recent.remove("key");
        assertThat(recent.find("key")).isEmpty();
    }

    @Test
    @DisplayName("without capacity remembers nothing")
    void nothing() {
        RecentlyUsed<String, String> recent = new RecentlyUsed<>(0);
        recent.put("key", "value");
        recent.remove("key");
        assertThat(recent.find("key")).isEmpty();
        assertThat(recent.size()).isZero();
    }
}
