package dev.latchkey.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void aCounterWithoutLabelsIsThereFromTheStart() {
        metrics.counter("latchkey_things_total", "Things.");
        assertThat(metrics.expose()).isEqualTo("""
                # HELP latchkey_things_total Things.
                # TYPE latchkey_things_total counter
                latchkey_things_total 0
                """);
    }

    @Test
    void labelValuesAreEscaped() {
        metrics.counter("latchkey_things_total", "Things.", "kind").increment("a\"b\\c\nd");
        assertThat(metrics.expose()).contains("latchkey_things_total{kind=\"a\\\"b\\\\c\\nd\"} 1\n");
    }

    @Test
    void aNameRegisteredTwiceIsOneCounter() {
        metrics.counter("latchkey_things_total", "Things.").increment();
        metrics.counter("latchkey_things_total", "Things.").increment();
        assertThat(metrics.expose()).contains("latchkey_things_total 2\n");
    }

    @Test
    void aNameHasOneKind() {
        metrics.counter("latchkey_things_total", "Things.");
        assertThatThrownBy(() -> metrics.latency("latchkey_things_total", "Things."))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void latencyBucketsAreCumulative() {
        Latency.Series series =
                metrics.latency("latchkey_wait_seconds", "Wait.", "route").with("GET /x");
        series.recordNanos(500_000);
        series.recordNanos(3_000_000);
        series.recordNanos(60_000_000_000L);
        assertThat(metrics.expose())
                .contains("latchkey_wait_seconds_bucket{route=\"GET /x\",le=\"0.001\"} 1\n")
                .contains("latchkey_wait_seconds_bucket{route=\"GET /x\",le=\"0.005\"} 2\n")
                .contains("latchkey_wait_seconds_bucket{route=\"GET /x\",le=\"10\"} 2\n")
                .contains("latchkey_wait_seconds_bucket{route=\"GET /x\",le=\"+Inf\"} 3\n")
                .contains("latchkey_wait_seconds_sum{route=\"GET /x\"} 60.0035\n")
                .contains("latchkey_wait_seconds_count{route=\"GET /x\"} 3\n");
    }

    @Test
    void gaugesAreReadOnDemand() {
        double[] value = {1.5};
        metrics.gauge("latchkey_queue", "Queue.", "pool", "hash", () -> value[0]);
        value[0] = 2.5;
        assertThat(metrics.expose()).contains("latchkey_queue{pool=\"hash\"} 2.5\n");
    }

    @Test
    void whatIsCountedElsewhereIsACounterToo() {
        metrics.counter("latchkey_lost_total", "Lost.", () -> 3);
        assertThat(metrics.expose()).contains("# TYPE latchkey_lost_total counter\nlatchkey_lost_total 3\n");
    }

    @Test
    void whatOnlyGrowsIsNamedSoAndNothingElse() {
        assertThatThrownBy(() -> metrics.counter("latchkey_lost", "Lost.")).hasMessageContaining("_total");
        assertThatThrownBy(() -> metrics.counter("latchkey_lost", "Lost.", () -> 3))
                .hasMessageContaining("_total");
        assertThatThrownBy(() -> metrics.gauge("latchkey_lost_total", "Lost.", () -> 3))
                .hasMessageContaining("_total");
    }
}
