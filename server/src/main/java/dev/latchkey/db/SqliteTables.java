package dev.latchkey.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What a SQLite database says of its own tables. */
final class SqliteTables {
    private final Connection connection;

    SqliteTables(Connection connection) {
        this.connection = connection;
    }

    /** All but the migrations' own, those that others point to first. */
    List<String> inOrder() throws SQLException {
        List<String> names = strings(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'" + " AND name <> '"
                        + FlywayRun.HISTORY + "' ORDER BY name",
                1);
        Set<String> ordered = new LinkedHashSet<>();
        for (String name : names) {
            addAfterItsParents(name, ordered);
        }
        return List.copyOf(ordered);
    }

    private void addAfterItsParents(String name, Set<String> ordered) throws SQLException {
        for (String parent : strings("PRAGMA foreign_key_list(" + TableShape.quoted(name) + ")", 3)) {
            if (!parent.equals(name) && !ordered.contains(parent)) {
                addAfterItsParents(parent, ordered);
            }
        }
        ordered.add(name);
    }

    /** The columns of the table's primary key, in its order. */
    List<String> key(String table) throws SQLException {
        TreeMap<Integer, String> key = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA table_info(" + TableShape.quoted(table) + ")")) {
            while (rows.next()) {
                if (rows.getInt("pk") > 0) {
                    key.put(rows.getInt("pk"), rows.getString("name"));
                }
            }
        }
        return List.copyOf(key.values());
    }

    /** By name. */
    List<String> columns(String table) throws SQLException {
        return strings("SELECT name FROM pragma_table_info('" + table.replace("'", "''") + "') ORDER BY name", 1);
    }

    long count(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + TableShape.quoted(table))) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private List<String> strings(String query, int column) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(column));
            }
        }
        return values;
    }
}
