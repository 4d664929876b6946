package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL server of our own on loopback, as initdb makes it: fsync and synchronous_commit are on. Only checkpoints are
 * farther apart and buffers larger, as anyone would set them.
 */
record PostgresServer(Path bin, Path data) implements AutoCloseable {
    private static final int PORT = 19010;

    /** @throws Unavailable where the machine has no PostgreSQL, or no disk to put it on */
    static PostgresServer start(Place place) throws Exception {
        Path bin = programs()
                .orElseThrow(() -> new Unavailable("there is no PostgreSQL here (Debian: apt-get install postgresql)"));
        PostgresServer server = new PostgresServer(bin, requireDisk(home(place)).resolve("cluster"));
        if (!Files.exists(server.data().resolve("PG_VERSION"))) {
            server.run("initdb", "-D", server.data().toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
        }
        server.run(
                "pg_ctl", "-D", server.data().toString(), "-l", server.data().resolve("log").toString(), "-w", "-o",
                "-p " + PORT + " -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=512MB"
                        + " -c max_wal_size=4GB -c checkpoint_timeout=30min",
                "start");
        Machine.belongsToUs(Long.parseLong(
                Files.readAllLines(server.data().resolve("postmaster.pid")).getFirst()));
        server.requireDurable();
        return server;
    }

    /** In memory a commit costs nothing, whatever the settings say. */
    private static Path requireDisk(Path folder) throws IOException, Unavailable {
        if (Files.getFileStore(folder).type().matches("tmpfs|ramfs")) {
            throw new Unavailable(folder + " lies in memory, where commits are not durable");
        }
        return folder;
    }

    String url(String database) {
        return "postgres://postgres@127.0.0.1:" + PORT + "/" + database;
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + PORT + "/" + database + "?user=postgres&reWriteBatchedInserts=true";
    }

    void dropDatabase(String name) throws Exception {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
        }
    }

    void createDatabase(String name) throws Exception {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"));
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM pg_database WHERE datname = '" + name + "'")) {
            row.next();
            if (row.getInt(1) == 0) {
                try (Statement create = connection.createStatement()) {
                    create.execute("CREATE DATABASE " + name);
                }
            }
        }
    }

    private void requireDurable() throws Exception {
        try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"));
                Statement statement = connection.createStatement()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                try (ResultSet row = statement.executeQuery("SHOW " + setting)) {
                    row.next();
                    if (!row.getString(1).equals("on")) {
                        throw new IOException(setting + " is " + row.getString(1));
                    }
                }
            }
        }
    }

    private static Optional<Path> programs() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(":")) {
            found.add(Path.of(folder));
        }
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (var versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin")).forEach(found::add);
            }
        }
        return found.stream()
                .filter(folder -> Files.isExecutable(folder.resolve("initdb"))
                        && Files.isExecutable(folder.resolve("pg_ctl")))
                .findFirst();
    }

    /** PostgreSQL refuses to run as root, and the user it runs as must reach its folder. */
    private static Path home(Place place) throws Exception {
        if (!isRoot()) {
            return Files.createDirectories(place.out().resolve("postgres"));
        }
        Path home = Path.of("/var/tmp/latchkey-bench-postgres");
        Files.createDirectories(home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        if (new ProcessBuilder("chown", "postgres", home.toString()).inheritIO().start().waitFor() != 0) {
            throw new IOException("there is no user postgres to run the database as");
        }
        return home;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void run(String program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(new java.io.File("/"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed; see " + data.resolve("log"));
        }
    }

    @Override
    public void close() throws Exception {
        run("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "stop");
    }
}
