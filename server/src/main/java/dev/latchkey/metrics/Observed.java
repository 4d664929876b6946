package dev.latchkey.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** Values that are read on demand. */
final class Observed implements Family {
    private record Reading(List<String> labels, List<String> values, DoubleSupplier value) {}

    private final String name;
    private final String help;
    private final String type;
    private final List<Reading> readings = new CopyOnWriteArrayList<>();

    /** @param type as the exposition names it: {@code gauge} or {@code counter} */
    Observed(String name, String help, String type) {
        this.name = name;
        this.help = help;
        this.type = type;
    }

    void add(String label, String labelValue, DoubleSupplier value) {
        readings.add(
                label.isEmpty()
                        ? new Reading(List.of(), List.of(), value)
                        : new Reading(List.of(label), List.of(labelValue), value));
    }

    @Override
    public void writeTo(StringBuilder out) {
        ExpositionText.head(out, name, help, type);
        for (Reading reading : readings) {
            ExpositionText.line(out, name, reading.labels(), reading.values(), value(reading));
        }
    }

    /** One value that cannot be had, because its database is away for example, must not cost all the others. */
    private static double value(Reading reading) {
        try {
            return reading.value().getAsDouble();
        } catch (RuntimeException unknown) {
            return Double.NaN;
        }
    }
}
