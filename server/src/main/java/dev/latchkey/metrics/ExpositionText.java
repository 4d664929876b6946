package dev.latchkey.metrics;

import java.util.List;

/** Writes lines of the Prometheus text exposition format 0.0.4. */
final class ExpositionText {
    private ExpositionText() {}

    static void head(StringBuilder out, String name, String help, String type) {
        out.append("# HELP ")
                .append(name)
                .append(' ')
                .append(help.replace("\\", "\\\\").replace("\n", "\\n"));
        out.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    static void line(StringBuilder out, String name, List<String> labels, List<String> values, double value) {
        if (labels.size() != values.size()) {
            throw new IllegalArgumentException(name + " has the labels " + labels + ", got " + values.size());
        }
        out.append(name);
        for (int i = 0; i < labels.size(); i++) {
            out.append(i == 0 ? '{' : ',').append(labels.get(i)).append("=\"");
            escape(out, values.get(i));
            out.append('"');
        }
        out.append(labels.isEmpty() ? " " : "} ").append(number(value)).append('\n');
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
    }
}
