package dev.latchkey.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Durations, counted in buckets; one series per combination of label values. */
public final class Latency implements Family {
    private static final double NANOS = 1e9;
    private static final double[] BOUNDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    /** One series. Look it up once and keep it where it is measured often. */
    public static final class Series {
        private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
        private final LongAdder nanos = new LongAdder();

        private Series() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }

        public void recordNanos(long duration) {
            nanos.add(duration);
            buckets[bucketOf(duration / NANOS)].increment();
        }

        private static int bucketOf(double seconds) {
            int at = 0;
            while (at < BOUNDS.length && seconds > BOUNDS[at]) {
                at++;
            }
            return at;
        }
    }

    private final String name;
    private final String help;
    private final List<String> labels;
    private final List<String> bucketLabels;
    private final Map<List<String>, Series> series = new ConcurrentHashMap<>();

    Latency(String name, String help, List<String> labels) {
        this.name = name;
        this.help = help;
        this.labels = labels;
        this.bucketLabels = and(labels, "le");
    }

    /** The series with these label values, in the order in which the labels were declared. */
    public Series with(String... values) {
        return series.computeIfAbsent(List.of(values), key -> new Series());
    }

    @Override
    public void writeTo(StringBuilder out) {
        ExpositionText.head(out, name, help, "histogram");
        series.forEach((values, one) -> write(out, values, one));
    }

    private void write(StringBuilder out, List<String> values, Series one) {
        long count = 0;
        for (int i = 0; i < one.buckets.length; i++) {
            count += one.buckets[i].sum();
            String bound = i < BOUNDS.length ? ExpositionText.number(BOUNDS[i]) : "+Inf";
            ExpositionText.line(out, name + "_bucket", bucketLabels, and(values, bound), (double) count);
        }
        ExpositionText.line(out, name + "_sum", labels, values, one.nanos.sum() / NANOS);
        ExpositionText.line(out, name + "_count", labels, values, (double) count);
    }

    private static List<String> and(List<String> first, String last) {
        List<String> all = new ArrayList<>(first);
        all.add(last);
        return List.copyOf(all);
    }
}
