package dev.latchkey.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DistinctIdsTest {
    private final MutableClock clock = new MutableClock();
    private final Secrets secrets = new Secrets(clock);

    @Test
    @DisplayName("a hundred thousand of the same millisecond differ, and are UUIDv7 of that millisecond")
    void distinct() {
        DistinctIds ids = new DistinctIds(secrets, clock);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            String id = ids.uuid();
            UUID uuid = UUID.fromString(id);
            assertThat(uuid).hasToString(id);
            assertThat(uuid.version()).isEqualTo(7);
            assertThat(uuid.variant()).isEqualTo(2);
            assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
            assertThat(seen.add(id)).isTrue();
        }
    }

    @Test
    @DisplayName("two processes do not make the same ones")
    void seeded() {
        assertThat(new DistinctIds(secrets, clock).uuid()).isNotEqualTo(new DistinctIds(secrets, clock).uuid());
    }

    @Test
    @DisplayName("an id from the system's randomness is a UUIDv7 too")
    void secretsMakeTheSameForm() {
        UUID uuid = UUID.fromString(secrets.uuid());
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
    }
}
