package dev.latchkey.db;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table's name and columns, the same on both engines, and reading all of it in the order of its key.
 *
 * @param key the columns that rows are ordered by
 */
record TableShape(String name, List<String> columns, List<ColumnKind> kinds, List<String> key) {
    private static final int FETCHED_AT_ONCE = 2_000;

    /** Takes one row. */
    @FunctionalInterface
    interface RowSink {
        void take(List<@Nullable Object> row) throws SQLException;
    }

    /** All rows of a table, counted and hashed. */
    record Content(long rows, String sha256) {}

    /** As PostgreSQL has it, ordered by the key that SQLite has. */
    static TableShape of(String name, Connection postgres, List<String> key) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<ColumnKind> kinds = new ArrayList<>();
        try (PreparedStatement query = postgres.prepareStatement("""
                SELECT column_name, data_type FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = ? ORDER BY column_name""")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                    kinds.add(ColumnKind.of(rows.getString(2)));
                }
            }
        }
        return new TableShape(name, columns, kinds, key.isEmpty() ? columns : key);
    }

    /** Reads every row, hands it on, and answers what they come to. */
    Content read(Connection connection, RowSink sink) throws SQLException {
        MessageDigest digest = sha256();
        long count = 0;
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            try (ResultSet rows = statement.executeQuery(
                    "SELECT " + list(columns) + " FROM " + quoted(name) + " ORDER BY " + list(key))) {
                while (rows.next()) {
                    List<@Nullable Object> row = new ArrayList<>(columns.size());
                    for (int at = 0; at < kinds.size(); at++) {
                        @Nullable Object value = kinds.get(at).readOrNull(rows, at + 1);
                        kinds.get(at).digest(digest, value);
                        row.add(value);
                    }
                    sink.take(row);
                    count++;
                }
            }
        }
        return new Content(count, HexFormat.of().formatHex(digest.digest()));
    }

    String insert() {
        return "INSERT INTO " + quoted(name) + " (" + list(columns) + ") VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    void bind(PreparedStatement statement, List<@Nullable Object> row) throws SQLException {
        for (int at = 0; at < kinds.size(); at++) {
            kinds.get(at).write(statement, at + 1, row.get(at));
        }
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static String list(List<String> names) {
        return names.stream().map(TableShape::quoted).collect(Collectors.joining(", "));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
