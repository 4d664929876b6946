package dev.latchkey.db;

import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** What a database tells of itself and how it is run, for operators. Only reads; most is of one engine only. */
public final class DatabaseFacts {
    /**
     * How PostgreSQL's archiving of its log goes.
     *
     * @param mode {@code off}, {@code on} or {@code always}
     * @param archived segments, ever
     * @param lastArchived when the last one was
     * @param lastFailed when one last could not be
     */
    public record Archiving(String mode, long archived, Optional<Instant> lastArchived, Optional<Instant> lastFailed) {}

    /**
     * How many connections PostgreSQL has, at this moment.
     *
     * @param usable the most that roles without special rights may have together
     * @param ours those of Latchkey's servers and commands
     * @param others those of everybody else, in any database of the server
     */
    public record Connections(long usable, long ours, long others) {}

    /** In the 19th and 20th byte of a file whose journal is a write-ahead log. */
    private static final int WRITE_AHEAD = 2;

    private final Database database;
    private final DatabaseAddress address;

    public DatabaseFacts(Database database, DatabaseAddress address) {
        this.database = database;
        this.address = address;
    }

    public Engine engine() {
        return database.engine();
    }

    /** The SQLite file. */
    public Optional<Path> file() {
        return address instanceof SqliteFile sqlite ? Optional.of(sqlite.file()) : Optional.empty();
    }

    /** Whether the SQLite file is in the journal mode that a server puts it into, told from the file itself. */
    public static boolean isWriteAheadLog(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(20);
            return header.length == 20 && header[18] == WRITE_AHEAD && header[19] == WRITE_AHEAD;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What SQLite finds broken in its file, at most ten lines; takes as long as reading the file. */
    public List<String> integrityProblems() {
        List<String> lines = strings("PRAGMA quick_check(10)");
        return lines.equals(List.of("ok")) ? List.of() : lines;
    }

    /** A setting of the PostgreSQL server, as it is for a new connection of ours. */
    public String setting(String name) {
        return database.read(sql -> sql.handle()
                .createQuery("SELECT current_setting(:name)")
                .bind("name", name)
                .mapTo(String.class)
                .one());
    }

    /** Whether our connection to PostgreSQL is encrypted. */
    public boolean encrypted() {
        return truth("SELECT COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), FALSE)");
    }

    /** Whether our PostgreSQL role may do anything, in every database of the server. */
    public boolean superuser() {
        return truth("SELECT rolsuper FROM pg_roles WHERE rolname = current_user");
    }

    public Connections connections() {
        return database.read(sql -> sql.handle()
                .createQuery("""
                        SELECT (SELECT SUM(CASE name WHEN 'max_connections' THEN setting::BIGINT ELSE -setting::BIGINT END)
                                FROM pg_settings
                                WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections'))
                                   AS usable,
                               COUNT(*) FILTER (WHERE application_name = :name) AS ours,
                               COUNT(*) FILTER (WHERE application_name <> :name) AS others
                        FROM pg_stat_activity WHERE datname IS NOT NULL AND pid <> pg_backend_pid()""")
                .bind("name", PostgresConnections.APPLICATION)
                .map((row, context) -> new Connections(row.getLong(1), row.getLong(2), row.getLong(3)))
                .one());
    }

    public Archiving archiving() {
        String mode = setting("archive_mode");
        return database.read(sql -> sql.handle()
                .createQuery("""
                        SELECT archived_count, (EXTRACT(EPOCH FROM last_archived_time) * 1000)::BIGINT AS archived,
                               (EXTRACT(EPOCH FROM last_failed_time) * 1000)::BIGINT AS failed
                        FROM pg_stat_archiver""")
                .map((row, context) -> new Archiving(
                        mode,
                        row.getLong("archived_count"),
                        Optional.ofNullable(row.getObject("archived", Long.class))
                                .map(Instant::ofEpochMilli),
                        Optional.ofNullable(row.getObject("failed", Long.class)).map(Instant::ofEpochMilli)))
                .one());
    }

    /** Whether the statement statistics of PostgreSQL can be read in this database. */
    public boolean hasStatementStatistics() {
        if (!truth("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_stat_statements')")) {
            return false;
        }
        try {
            return truth("SELECT COUNT(*) >= 0 FROM pg_stat_statements");
        } catch (JdbiException notLoaded) {
            // The view is there and answers only where the server loaded its library when it started.
            return false;
        }
    }

    /** What the PostgreSQL server's clock says. */
    public Instant clock() {
        return Instant.ofEpochMilli(number("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT"));
    }

    /** How large the database is, in bytes. */
    public long bytes() {
        return switch (engine()) {
            case SQLITE -> number("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()");
            case POSTGRESQL -> number("SELECT pg_database_size(current_database())");
        };
    }

    private boolean truth(String query) {
        return database.read(
                sql -> sql.handle().createQuery(query).mapTo(boolean.class).one());
    }

    private long number(String query) {
        return database.read(
                sql -> sql.handle().createQuery(query).mapTo(long.class).one());
    }

    private List<String> strings(String query) {
        return database.read(
                sql -> sql.handle().createQuery(query).mapTo(String.class).list());
    }
}
