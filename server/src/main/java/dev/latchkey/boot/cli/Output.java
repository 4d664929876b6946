package dev.latchkey.boot.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Prints rows as JSON for programs or as aligned columns for people. */
final class Output {
    private Output() {}

    /** @param rows each with the same keys in the same order */
    static void rows(PrintStream out, boolean json, List<Map<String, Object>> rows) {
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(rows));
            return;
        }
        rows.forEach(row -> out.println(
                String.join("  ", row.values().stream().map(String::valueOf).toList())));
    }

    static void row(PrintStream out, boolean json, Map<String, Object> row) {
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(row));
            return;
        }
        out.println(String.join("  ", row.values().stream().map(String::valueOf).toList()));
    }
}
