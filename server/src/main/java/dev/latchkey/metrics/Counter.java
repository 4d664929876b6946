package dev.latchkey.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Something that only grows, one series per combination of label values. */
public final class Counter implements Family {
    /** One series. Look it up once and keep it where it is counted often. */
    public static final class Series {
        private final LongAdder count = new LongAdder();

        private Series() {}

        public void increment() {
            count.increment();
        }

        public void add(long amount) {
            count.add(amount);
        }

        public long value() {
            return count.sum();
        }
    }

    private final String name;
    private final String help;
    private final List<String> labels;
    private final Map<List<String>, Series> series = new ConcurrentHashMap<>();

    Counter(String name, String help, List<String> labels) {
        this.name = name;
        this.help = help;
        this.labels = labels;
        if (labels.isEmpty()) {
            series.put(List.of(), new Series());
        }
    }

    /** The series with these label values, in the order in which the labels were declared. */
    public Series with(String... values) {
        return series.computeIfAbsent(List.of(values), key -> new Series());
    }

    public void increment(String... values) {
        with(values).increment();
    }

    @Override
    public void writeTo(StringBuilder out) {
        ExpositionText.head(out, name, help, "counter");
        series.forEach((values, one) -> ExpositionText.line(out, name, labels, values, (double) one.value()));
    }
}
