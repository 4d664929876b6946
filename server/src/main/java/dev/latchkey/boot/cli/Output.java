package dev.latchkey.boot.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Prints rows as JSON for programs or as aligned columns with their names for people. */
final class Output {
    private static final String GAP = "  ";

    private Output() {}

    /** @param rows each with the same keys in the same order */
    static void rows(PrintStream out, boolean json, List<Map<String, Object>> rows) {
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(rows));
        } else if (!rows.isEmpty()) {
            table(out, rows);
        }
    }

    static void row(PrintStream out, boolean json, Map<String, Object> row) {
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(row));
        } else {
            table(out, List.of(row));
        }
    }

    private static void table(PrintStream out, List<Map<String, Object>> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.copyOf(rows.getFirst().keySet()));
        rows.forEach(row -> lines.add(row.values().stream().map(Output::text).toList()));
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < lines.getFirst().size(); column++) {
            int at = column;
            widths.add(
                    lines.stream().mapToInt(line -> line.get(at).length()).max().orElse(0));
        }
        lines.forEach(line -> out.println(aligned(line, widths)));
    }

    private static String aligned(List<String> line, List<Integer> widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < line.size(); column++) {
            String cell = line.get(column);
            text.append(cell).repeat(' ', widths.get(column) - cell.length()).append(GAP);
        }
        return text.toString().stripTrailing();
    }

    private static String text(Object value) {
        return switch (value) {
            case Boolean flag -> flag ? "yes" : "no";
            case Collection<?> several -> several.stream().map(String::valueOf).collect(Collectors.joining(","));
            default -> value.toString();
        };
    }
}
