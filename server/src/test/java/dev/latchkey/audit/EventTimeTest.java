package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.crypto.Secrets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventTimeTest {
    @Test
    @DisplayName("an id tells its millisecond, and ids of a span of time are a span of ids")
    void spans() {
        MutableClock clock = new MutableClock();
        Secrets secrets = new Secrets(clock);
        Instant now = clock.instant();
        String id = secrets.uuid();
        assertThat(EventTime.of(id)).isEqualTo(now.toEpochMilli());
        assertThat(id).isGreaterThanOrEqualTo(EventTime.lowestId(now));
        assertThat(id).isLessThan(EventTime.lowestId(now.plus(Duration.ofMillis(1))));
    }
}
