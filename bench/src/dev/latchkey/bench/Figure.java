package dev.latchkey.bench;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param reference what the figure is compared with in the same run; NaN where it stands alone
 * @param target the limit for the ratio, or for the value where there is no reference; NaN where it is only reported
 */
record Figure(String name, double value, String unit, String against, double reference, double target, Bound bound) {
    enum Bound {
        AT_LEAST,
        AT_MOST
    }

    static Figure ratio(String name, double value, String unit, String against, double reference, double atLeast) {
        return new Figure(name, value, unit, against, reference, atLeast, Bound.AT_LEAST);
    }

    /** A value that must not differ from the reference by more than a fifth. */
    static Figure growth(String name, double value, String unit, String against, double reference) {
        return new Figure(name, value, unit, against, reference, 0.8, Bound.AT_LEAST);
    }

    static Figure atLeast(String name, double value, String unit, double target) {
        return new Figure(name, value, unit, "", Double.NaN, target, Bound.AT_LEAST);
    }

    static Figure atMost(String name, double value, String unit, double target) {
        return new Figure(name, value, unit, "", Double.NaN, target, Bound.AT_MOST);
    }

    static Figure reported(String name, double value, String unit) {
        return new Figure(name, value, unit, "", Double.NaN, Double.NaN, Bound.AT_LEAST);
    }

    static Figure reported(String name, double value, String unit, String against, double reference) {
        return new Figure(name, value, unit, against, reference, Double.NaN, Bound.AT_LEAST);
    }

    boolean isJudged() {
        return !Double.isNaN(target);
    }

    boolean isMet() {
        double judged = hasReference() ? value / reference : value;
        return bound == Bound.AT_LEAST ? judged >= target : judged <= target;
    }

    String row() {
        String compared = hasReference() ? number(reference) + " " + against : "";
        String ratio = hasReference() ? number(100 * value / reference) + " %" : "";
        String sign = bound == Bound.AT_LEAST ? "≥ " : "≤ ";
        String wanted = isJudged() ? sign + (hasReference() ? number(100 * target) + " %" : number(target)) : "";
        String verdict = isJudged() ? (isMet() ? "met" : "MISSED") : "";
        return "| %-52s | %14s | %-34s | %8s | %10s | %-6s |"
                .formatted(name, number(value) + " " + unit, compared, ratio, wanted, verdict);
    }

    static String header() {
        return "| %-52s | %14s | %-34s | %8s | %10s | %-6s |%n|%s|%s|%s|%s|%s|%s|"
                .formatted(
                        "figure", "value", "compared with", "ratio", "target", "", "-".repeat(54), "-".repeat(16),
                        "-".repeat(36), "-".repeat(10), "-".repeat(12), "-".repeat(8));
    }

    private boolean hasReference() {
        return !Double.isNaN(reference);
    }

    static String number(double value) {
        return value >= 1000 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ')
                : String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.1f", value);
    }
}
