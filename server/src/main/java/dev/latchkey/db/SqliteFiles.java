package dev.latchkey.db;

import dev.latchkey.core.FileFailure;
import dev.latchkey.core.OperationalException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens connections to one SQLite file, all with the same durability. */
final class SqliteFiles {
    /** How long a statement waits for another process that holds the write lock, such as a CLI command. */
    static final int BUSY_MILLIS = 5_000;

    /** How large the log stays once it has been folded in: as much as a busy server writes meanwhile, so that it need not grow. */
    static final long WAL_BYTES_KEPT = 32L << 20;

    /** What SQLite keeps beside the file. */
    static final String WAL = "-wal";

    static final String SHARED_MEMORY = "-shm";

    private final Path file;
    private final boolean looking;

    /** @throws OperationalException when the file is not to be opened as it is, saying what to do */
    SqliteFiles(Path file) {
        this(file, false);
        SqlitePlace.of(file).requireUsable();
        createPrivately();
    }

    private SqliteFiles(Path file, boolean looking) {
        this.file = file;
        this.looking = looking;
    }

    /** For who only looks: makes no file, and leaves even the journal mode as it is. */
    static SqliteFiles toLookAt(Path file) {
        SqlitePlace.of(file).requireUsable();
        return new SqliteFiles(file, true);
    }

    Connection writer() throws SQLException {
        Connection connection = open("PRAGMA wal_autocheckpoint=0");
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_size_limit=" + WAL_BYTES_KEPT);
            // What a savepoint would restore is never read after a crash, so it need not be a file.
            statement.execute("PRAGMA temp_store=MEMORY");
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    Connection reader() throws SQLException {
        return open("PRAGMA query_only=true");
    }

    /** @param cacheKib how much of the file it keeps at most */
    Connection reader(int cacheKib) throws SQLException {
        return open("PRAGMA query_only=true; PRAGMA cache_size=-" + cacheKib);
    }

    /** One connection at a time, without a pool. */
    DataSource direct() {
        SQLiteDataSource source = new SQLiteDataSource(new SQLiteConfig(looking ? readOnly() : durable()));
        source.setUrl(JDBC.PREFIX + file);
        return source;
    }

    /** How many bytes of committed work may still wait in the write-ahead log. */
    long walBytes() {
        try {
            return Files.size(Path.of(file + WAL));
        } catch (IOException absent) {
            return 0;
        }
    }

    private Connection open(String pragmas) throws SQLException {
        Connection connection = JDBC.createConnection(JDBC.PREFIX + file, looking ? readOnly() : durable());
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas.split("; ")) {
                statement.execute(pragma);
            }
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
        return connection;
    }

    private static Properties readOnly() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return config.toProperties();
    }

    private static Properties durable() {
        Properties properties = new Properties();
        properties.setProperty("journal_mode", "WAL");
        properties.setProperty("synchronous", "FULL");
        properties.setProperty("foreign_keys", "true");
        properties.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
        // Nobody asks for the ids that SQLite makes up, and the driver would search every statement for an INSERT.
        properties.setProperty("jdbc.get_generated_keys", "false");
        return properties;
    }

    /** SQLite gives its -wal and -shm files the permissions of the database file. */
    private void createPrivately() {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                createFolder(folder);
            }
            Files.createFile(file, permissions(file, "rw-------"));
        } catch (FileAlreadyExistsException present) {
            return;
        } catch (IOException failed) {
            throw new OperationalException(
                    "The database file " + file.toAbsolutePath() + " cannot be created: "
                            + FileFailure.of(failed).reason() + ". Check that this user may write to its folder.",
                    failed);
        }
    }

    /** Makes the folder for this user alone; one that is there keeps its permissions. */
    static void createFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder, permissions(folder, "rwx------"));
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String mode) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
