package dev.latchkey.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.Eventually;
import dev.latchkey.core.MutableClock;
import dev.latchkey.metrics.Metrics;
import dev.latchkey.trace.Collector.Received;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TracerTest {
    private final Collector collector = new Collector();
    private final Metrics metrics = new Metrics();
    private final MutableClock clock = new MutableClock();

    @AfterEach
    void close() {
        collector.close();
    }

    @Test
    void partsAreChildrenAndFailuresAreNamedByTheirClassOnly() {
        Tracer tracer = tracer(100);
        assertThatThrownBy(() -> tracer.begin("outer", SpanKind.SERVER, Optional.empty())
                        .around(() -> Span.during("inner", SpanKind.CLIENT, () -> {
                            throw new IllegalStateException("planted secret");
                        })))
                .hasMessage("planted secret");
        tracer.close();
        Received inner = collector.spans().getFirst();
        Received outer = collector.spans().getLast();
        assertThat(inner.name()).isEqualTo("inner");
        assertThat(inner.kind()).isEqualTo(3);
        assertThat(outer.kind()).isEqualTo(2);
        assertThat(inner.parentSpanId()).isEqualTo(outer.spanId());
        assertThat(inner.traceId()).isEqualTo(outer.traceId());
        assertThat(outer.parentSpanId()).isEmpty();
        assertThat(inner.failed()).isTrue();
        assertThat(inner.attributes()).containsEntry("error.type", "java.lang.IllegalStateException");
        assertThat(collector.everything()).doesNotContain("planted").contains("\"latchkey\"");
        assertThat(metrics.expose()).contains("latchkey_trace_spans_sent_total 2\n");
    }

    @Test
    void whoeverIsTrustedDecidesWhatIsRecorded() {
        Tracer tracer = tracer(0);
        TraceParent parent = TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .orElseThrow();
        String traceparent = tracer.begin("sampled", SpanKind.SERVER, Optional.of(parent))
                .around(() -> Span.current().orElseThrow().traceparent());
        tracer.begin("not", SpanKind.SERVER, Optional.empty())
                .around(() -> Span.during("not either", SpanKind.INTERNAL, () -> 1));
        tracer.close();
        assertThat(collector.spans()).singleElement().satisfies(span -> {
            assertThat(span.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(span.parentSpanId()).isEqualTo("00f067aa0ba902b7");
            assertThat(traceparent).isEqualTo("00-" + span.traceId() + "-" + span.spanId() + "-01");
        });
    }

    @Test
    void soManyOfAHundredAreRecorded() {
        Tracer tracer = tracer(25);
        long recorded = 0;
        for (int i = 0; i < 20_000; i++) {
            recorded += tracer.begin("x", SpanKind.SERVER, Optional.empty()).isRecording() ? 1 : 0;
        }
        assertThat(recorded).isBetween(4_500L, 5_500L);
        tracer.close();
    }

    @Test
    void aCollectorThatRefusesCostsSpansAndNothingElse() {
        collector.answer(400);
        Tracer tracer = tracer(100);
        for (int i = 0; i < 20_000; i++) {
            tracer.begin("x", SpanKind.SERVER, Optional.empty()).around(() -> 1);
        }
        tracer.close();
        assertThat(collector.spans()).isEmpty();
        assertThat(metrics.expose())
                .contains("latchkey_trace_spans_dropped_total 20000\n")
                .contains("latchkey_trace_spans_sent_total 0\n");
    }

    @Test
    void aBusyCollectorIsAskedAgain() {
        collector.answer(503);
        Tracer tracer = tracer(100);
        tracer.begin("x", SpanKind.SERVER, Optional.empty()).around(() -> 1);
        Eventually.holds("the collector is asked", () -> collector.requests() > 0);
        collector.answer(200);
        Eventually.holds(
                "the collector is asked again", () -> !collector.spans().isEmpty());
        tracer.close();
        assertThat(collector.spans()).hasSize(1);
    }

    @Test
    void theCollectorsCredentialIsSentAndNeverShown() {
        TracingConfig config = config(Map.of("tracing.headers", "Authorization=Bearer%20planted+1, X-Team = a"));
        assertThat(config.headers()).containsExactly("Authorization", "Bearer planted+1", "X-Team", "a");
        assertThat(config.toString()).doesNotContain("planted");
        Tracer tracer = Tracer.of(config, "1", metrics, clock);
        tracer.begin("x", SpanKind.SERVER, Optional.of(new TraceParent(1, 1, 1, true)))
                .around(() -> 1);
        tracer.close();
        assertThat(collector.credentials()).containsExactly("Bearer planted+1");
        for (String wrong : List.of("novalue", "=x", "Host=x", "a b=c", "a=b%0d%0aX:%20y")) {
            assertThatThrownBy(() -> config(Map.of("tracing.headers", wrong)))
                    .as(wrong)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("tracing.headers");
        }
    }

    @Test
    void withoutACollectorNothingIsTraced() {
        Tracer tracer = Tracer.of(TracingConfig.from(Settings.defaults(TracingConfig.settings())), "1", metrics, clock);
        assertThat(tracer.isOn()).isFalse();
        assertThat(metrics.expose()).doesNotContain("latchkey_trace");
        assertThat(Span.during("x", SpanKind.INTERNAL, Span::current)).isEmpty();
        tracer.close();
    }

    private Tracer tracer(int percent) {
        return Tracer.of(config(Map.of("tracing.sample-percent", Integer.toString(percent))), "1", metrics, clock);
    }

    private TracingConfig config(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("tracing.endpoint", collector.endpoint().toString());
        return TracingConfig.from(Settings.of(TracingConfig.settings(), all));
    }
}
