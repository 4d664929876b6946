package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.db.Database;
import dev.latchkey.db.DatabaseAddress;
import dev.latchkey.db.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Everything a database holds: the files of SQLite with their log and freed pages; every row of PostgreSQL, bytes as hex. */
final class StoredBytes {
    private StoredBytes() {}

    static byte[] of(TestDatabase database) throws IOException {
        return switch (database.config().address()) {
            case DatabaseAddress.SqliteFile file -> files(file.file());
            case DatabaseAddress.PostgresServer server -> rows(database.database());
        };
    }

    private static byte[] files(Path file) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                all.writeBytes(Files.readAllBytes(each));
            }
        }
        return all.toByteArray();
    }

    private static byte[] rows(Database database) {
        StringBuilder all = new StringBuilder();
        List<String> tables = database.read(sql -> sql.handle()
                .createQuery("SELECT quote_ident(table_name) FROM information_schema.tables"
                        + " WHERE table_schema = current_schema() ORDER BY table_name")
                .mapTo(String.class)
                .list());
        for (String table : tables) {
            database.read(sql -> sql.handle()
                            .createQuery("SELECT row_to_json(t)::text FROM " + table + " t")
                            .mapTo(String.class)
                            .list())
                    .forEach(row -> all.append(row).append('\n'));
        }
        return all.toString().getBytes(UTF_8);
    }
}
