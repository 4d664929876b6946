package dev.latchkey.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fields of CSV rows, quoted and unquoted (RFC 4180 section 2). */
final class CsvText {
    private CsvText() {}

    /** Whether no quoted field is left open: a quote in a text is written as two. */
    static boolean isClosed(String text) {
        return text.chars().filter(c -> c == '"').count() % 2 == 0;
    }

    /** The fields of one row; empty where its quotes are broken. */
    static Optional<List<String>> fields(String row, char separator) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder field = new StringBuilder();
            at = at < row.length() && row.charAt(at) == '"'
                    ? quoted(row, at + 1, field)
                    : plain(row, at, separator, field);
            if (at < 0 || (at < row.length() && row.charAt(at) != separator)) {
                return Optional.empty();
            }
            fields.add(field.toString());
            if (at >= row.length()) {
                return Optional.of(fields);
            }
            at++;
        }
    }

    /** Where the field ends, or -1. */
    private static int quoted(String row, int from, StringBuilder field) {
        int at = from;
        while (at < row.length()) {
            char c = row.charAt(at);
            if (c != '"') {
                field.append(c);
                at++;
            } else if (at + 1 < row.length() && row.charAt(at + 1) == '"') {
                field.append('"');
                at += 2;
            } else {
                return at + 1;
            }
        }
        return -1;
    }

    private static int plain(String row, int from, char separator, StringBuilder field) {
        int end = row.indexOf(separator, from);
        String text = end < 0 ? row.substring(from) : row.substring(from, end);
        field.append(text);
        return text.indexOf('"') >= 0 ? -1 : end < 0 ? row.length() : end;
    }

    /** One field, quoted where it must be. */
    static String field(String value, char separator) {
        boolean plain = value.chars().noneMatch(c -> c == '"' || c == separator || c == '\n' || c == '\r')
                && value.equals(value.strip());
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
