package dev.latchkey.bench;

import dev.latchkey.crypto.TokenHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A database of {@code users} people, each with an address, a role, a password, a session and a refresh family. Made once by the
 * product's own migrations and plain SQL, then kept: benches take families that none took before.
 *
 * @param jdbcUrl for the loader
 * @param arguments what the server is told to use it
 */
record Dataset(Path folder, int users, String jdbcUrl, List<String> arguments, Map<String, String> environment) {
    private static final int BATCH = 5_000;
    private static final int ADMINISTRATOR = 0;
    private static final int FOR_ONE_RUN = 100_000;

    static Dataset sqlite(Place place, int users) throws Exception {
        return sqlite(place, "sqlite-" + users, users);
    }

    /** People of their own for logins: a sixth one ends a person's oldest session, with whose tokens others want to call. */
    static Dataset sqliteForLogins(Place place, int users) throws Exception {
        return sqlite(place, "sqlite-returning-" + users, users);
    }

    private static Dataset sqlite(Place place, String name, int users) throws Exception {
        Path folder = place.out().resolve(name);
        if (usedUp(folder, users)) {
            Place.delete(folder);
        }
        Dataset dataset = new Dataset(
                folder,
                users,
                "jdbc:sqlite:" + folder.resolve("latchkey.db"),
                List.of("--data", folder.toString()),
                Map.of());
        return dataset.made(place);
    }

    static Dataset postgres(Place place, PostgresServer server, int users) throws Exception {
        Path folder = place.out().resolve("postgres-" + users);
        String database = "bench" + users;
        // Without the folder's word that it is whole, it may be half loaded.
        if (usedUp(folder, users) || !Files.exists(folder.resolve("loaded"))) {
            server.dropDatabase(database);
            Place.delete(folder);
        }
        server.createDatabase(database);
        Dataset dataset = new Dataset(
                folder,
                users,
                server.jdbcUrl(database),
                List.of("--data", folder.toString()),
                Map.of(
                        "LATCHKEY_DATABASE_URL",
                        server.url(database),
                        "LATCHKEY_MASTER_KEY",
                        "YmVuY2hiZW5jaGJlbmNoYmVuY2hiZW5jaGJlbmNoISE="));
        return dataset.made(place);
    }

    /** The next families that no bench has used: the numbers of the first one and of the one after the last. */
    int[] takeFamilies(int count) throws IOException {
        int first = taken(folder);
        if (first + count > users) {
            throw new IOException("all families of " + folder + " have been used; delete the folder to load it anew");
        }
        Files.writeString(folder.resolve("families-taken"), Integer.toString(first + count));
        return new int[] {first, first + count};
    }

    /** Whether too few families are left for a run: the data set is loaded anew then. */
    private static boolean usedUp(Path folder, int users) throws IOException {
        return users - taken(folder) < Math.min(users / 2, FOR_ONE_RUN);
    }

    private static int taken(Path folder) throws IOException {
        Path file = folder.resolve("families-taken");
        return Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
    }

    Connection open() throws SQLException {
        return DriverManager.getConnection(jdbcUrl);
    }

    private Dataset made(Place place) throws Exception {
        Path done = folder.resolve("loaded");
        Files.createDirectories(folder);
        run(place, "migrate");
        if (Files.exists(done)) {
            return this;
        }
        Report.say("loading " + users + " users into " + folder.getFileName() + " (once)");
        long begin = System.nanoTime();
        load(hash(place));
        Files.writeString(done, "");
        Report.say("loaded in " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
        return this;
    }

    /** Everybody's password, as this server hashes it. */
    static String hash(Place place) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(place.launcher().toString(), "hash-password")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        try (var in = process.outputWriter()) {
            in.write(People.PASSWORD + "\n");
        }
        String hash = new String(process.getInputStream().readAllBytes()).strip();
        if (process.waitFor() != 0 || !hash.startsWith("$argon2id$")) {
            throw new IOException("hash-password answered " + hash);
        }
        return hash;
    }

    private void run(Place place, String verb) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(place.launcher().toString(), verb));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    private void load(String hash) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            if (jdbcUrl.startsWith("jdbc:sqlite")) {
                statement.execute("PRAGMA synchronous=OFF");
                statement.execute("PRAGMA cache_size=-262144");
            } else {
                statement.execute("SET synchronous_commit = off");
            }
            connection.setAutoCommit(false);
            users(connection);
            identifiers(connection);
            roles(connection);
            passwords(connection, hash);
            sessions(connection);
            families(connection);
            devices(connection);
            connection.setAutoCommit(true);
            statement.execute("ANALYZE");
            if (jdbcUrl.startsWith("jdbc:sqlite")) {
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            } else {
                statement.execute("VACUUM ANALYZE");
                statement.execute("CHECKPOINT");
            }
        }
    }

    /** The browser that each signed in with before. */
    private void devices(Connection connection) throws SQLException {
        insert(connection, """
                INSERT INTO known_device (user_id, device_hash, user_agent, created_at, last_seen)
                VALUES (?, ?, 'wrk', ?, ?)""", (statement, number) -> {
            statement.setString(1, People.user(number));
            statement.setString(2, TokenHash.of("device", People.device(number)));
            statement.setLong(3, People.createdAt(number));
            statement.setLong(4, People.createdAt(number));
        });
    }

    private interface Row {
        void bind(PreparedStatement statement, int number) throws SQLException;
    }

    private void insert(Connection connection, String sql, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int number = 0; number < users; number++) {
                row.bind(statement, number);
                statement.addBatch();
                if (number % BATCH == BATCH - 1 || number == users - 1) {
                    statement.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private void users(Connection connection) throws SQLException {
        insert(connection, """
                INSERT INTO app_user (id, tenant_id, status, epoch, name, user_metadata, app_metadata, data_salt,
                    webauthn_handle, created_at, updated_at)
                VALUES (?, 'main', 'active', 0, ?, '{}', '{}', ?, ?, ?, ?)""", (statement, number) -> {
            statement.setString(1, People.user(number));
            statement.setString(2, "Person " + number);
            statement.setBytes(3, People.bytes("salt", number));
            statement.setBytes(4, People.bytes("webauthn", number));
            statement.setLong(5, People.createdAt(number));
            statement.setLong(6, People.createdAt(number));
        });
    }

    private void identifiers(Connection connection) throws SQLException {
        insert(connection, """
                INSERT INTO user_identifier (user_id, kind, tenant_id, folded, as_typed, verified_at, created_at)
                VALUES (?, 'email', 'main', ?, ?, ?, ?)""", (statement, number) -> {
            statement.setString(1, People.user(number));
            statement.setString(2, People.email(number));
            statement.setString(3, People.email(number));
            statement.setLong(4, People.createdAt(number));
            statement.setLong(5, People.createdAt(number));
        });
    }

    private void roles(Connection connection) throws SQLException {
        insert(
                connection,
                "INSERT INTO user_role (user_id, role, tenant_id) VALUES (?, ?, 'main')",
                (statement, number) -> {
                    statement.setString(1, People.user(number));
                    statement.setString(2, number == ADMINISTRATOR ? "ADMIN" : "USER");
                });
    }

    private void passwords(Connection connection, String hash) throws SQLException {
        insert(
                connection,
                "INSERT INTO password_credential (user_id, hash, generation, changed_at) VALUES (?, ?, 1, ?)",
                (statement, number) -> {
                    statement.setString(1, People.user(number));
                    statement.setString(2, hash);
                    statement.setLong(3, People.createdAt(number));
                });
    }

    private void sessions(Connection connection) throws SQLException {
        long now = System.currentTimeMillis();
        long expires = now + Duration.ofDays(30).toMillis();
        insert(connection, """
                INSERT INTO session (id, tenant_id, user_id, mode, epoch, remembered, ip, user_agent, created_at,
                    authenticated_at, last_activity, expires_at)
                VALUES (?, 'main', ?, 'token', 0, ?, '192.0.2.1', 'wrk', ?, ?, ?, ?)""", (statement, number) -> {
            statement.setString(1, People.session(number));
            statement.setString(2, People.user(number));
            statement.setBoolean(3, true);
            statement.setLong(4, now);
            statement.setLong(5, now);
            statement.setLong(6, now);
            statement.setLong(7, expires);
        });
    }

    private void families(Connection connection) throws SQLException {
        long now = System.currentTimeMillis();
        long expires = now + Duration.ofDays(30).toMillis();
        insert(connection, """
                INSERT INTO refresh_family (handle, tenant_id, user_id, session_id, client_id, scope, epoch, generation,
                    current_hash, created_at, authenticated_at, last_used_at, expires_at)
                VALUES (?, 'main', ?, ?, 'latchkey', '', 0, 1, ?, ?, ?, ?, ?)""", (statement, number) -> {
            statement.setString(1, People.handle(number));
            statement.setString(2, People.user(number));
            statement.setString(3, People.session(number));
            statement.setString(4, TokenHash.of("refresh", People.secret(number)));
            statement.setLong(5, now);
            statement.setLong(6, now);
            statement.setLong(7, now);
            statement.setLong(8, expires);
        });
    }
}
