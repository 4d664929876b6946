package dev.latchkey.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** The measurements of one server. Registering a name twice answers the first one. */
public final class Metrics {
    private final Map<String, Family> families = new ConcurrentSkipListMap<>();

    /**
     * Something that only grows.
     *
     * @param name ends in {@code _total}
     * @param labels the names of its labels; keep their values few
     */
    public Counter counter(String name, String help, String... labels) {
        requireTotal(name, true);
        return register(name, Counter.class, () -> new Counter(name, help, List.of(labels)));
    }

    /**
     * The same where it is counted elsewhere, and read whenever someone asks; {@code value} must be cheap.
     *
     * @param name ends in {@code _total}
     */
    public void counter(String name, String help, DoubleSupplier value) {
        requireTotal(name, true);
        register(name, Observed.class, () -> new Observed(name, help, "counter"))
                .add("", "", value);
    }

    /** Durations in seconds, in buckets from 1 ms to 10 s. */
    public Latency latency(String name, String help, String... labels) {
        return register(name, Latency.class, () -> new Latency(name, help, List.of(labels)));
    }

    /** A value that is read whenever someone asks; {@code value} must be cheap. NaN is told where it throws. */
    public void gauge(String name, String help, DoubleSupplier value) {
        gauge(name, help, "", "", value);
    }

    /** One of several values of the same kind, told apart by one label. */
    public void gauge(String name, String help, String label, String labelValue, DoubleSupplier value) {
        requireTotal(name, false);
        register(name, Observed.class, () -> new Observed(name, help, "gauge")).add(label, labelValue, value);
    }

    /** Everything, in Prometheus text exposition format 0.0.4. */
    public String expose() {
        StringBuilder out = new StringBuilder(4096);
        for (Family family : new ArrayList<>(families.values())) {
            family.writeTo(out);
        }
        return out.toString();
    }

    /** What only grows is named so, and nothing else is: rates are taken of the one and not of the other. */
    private static void requireTotal(String name, boolean grows) {
        if (name.endsWith("_total") != grows) {
            throw new IllegalArgumentException(name + (grows ? " must end in _total" : " must not end in _total"));
        }
    }

    private <F extends Family> F register(String name, Class<F> kind, Supplier<F> fresh) {
        return kind.cast(families.computeIfAbsent(name, key -> fresh.get()));
    }
}
