package dev.latchkey.db;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many rows every table has. */
public final class TableSizes {
    private TableSizes() {}

    public static Map<String, Long> of(Database database) {
        return database.read(sql -> {
            String names = switch (database.engine()) {
                case SQLITE -> "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
                case POSTGRESQL -> "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
            };
            List<String> tables =
                    sql.handle().createQuery(names).mapTo(String.class).list();
            Map<String, Long> sizes = new TreeMap<>();
            for (String table : tables) {
                sizes.put(
                        table,
                        sql.handle()
                                .createQuery("SELECT COUNT(*) FROM " + table)
                                .mapTo(Long.class)
                                .one());
            }
            return sizes;
        });
    }
}
