package dev.latchkey.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The middle of several measurements. */
final class Median {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double get() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    @Override
    public String toString() {
        return values.stream().map(value -> String.format("%.1f", value)).toList().toString();
    }
}
