package dev.latchkey.boot;

import dev.latchkey.backup.BackupFile;
import dev.latchkey.backup.Manifest;
import dev.latchkey.config.SettingsLoader;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A server's data folder on SQLite, with its master key in it, as an operator has it. */
final class Installation {
    private final Path folder;
    private final MutableClock clock;

    Installation(Path folder, MutableClock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    Path database() {
        return folder.resolve("latchkey.db");
    }

    Path folder() {
        return folder;
    }

    Configuration configuration() {
        return configuration(Map.of());
    }

    /** On another SQLite file. */
    Configuration on(Path file) {
        return configuration(Map.of("database.url", "jdbc:sqlite:" + file));
    }

    /** On a PostgreSQL database, with the same master key. */
    Configuration onPostgres(TestDatabase database) {
        return configuration(Map.of("database.url", TestServer.url(database)));
    }

    private Configuration configuration(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "server.port", "0",
                "server.trusted-proxies", "127.0.0.1",
                "server.access-log", "false",
                "password.breach-check", "false",
                "login.failure-floor", "0ms",
                "data.directory", folder.toString()));
        values.putAll(more);
        return Configuration.from(
                new SettingsLoader(KnownSettings.all()).overrides(values).load(), Map.of());
    }

    TestServer server() {
        return TestServer.with(configuration(), clock);
    }

    Operations operations() {
        return new Operations(configuration(), clock);
    }

    Manifest backUp(Path target) throws IOException {
        try (Operations operations = operations()) {
            return operations.backUp(target, "test", Map.of("server.port", "0"), Progress.none());
        }
    }

    Restoration.Report restore(Path backup, boolean force, boolean keepSessions) throws IOException {
        return new Restoration(configuration(), this::on, clock)
                .restore(new BackupFile(backup), force, keepSessions, Progress.none());
    }
}
