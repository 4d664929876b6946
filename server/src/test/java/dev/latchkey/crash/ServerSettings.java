package dev.latchkey.crash;

import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.KnownSettings;
import dev.latchkey.config.SettingsLoader;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.TestDatabase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** How the servers of these tests are set: limits off, tokens that outlive the test, cheap hashes. */
final class ServerSettings {
    private ServerSettings() {}

    /** For a database in the data folder. */
    static Map<String, String> plain() {
        return new HashMap<>(Map.of(
                "master-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "limits.enabled", "false",
                "server.access-log", "false",
                "token.access-ttl", "1d",
                "password.breach-check", "false",
                "password.argon2-memory-kib", "7168",
                "password.argon2-iterations", "5",
                "password.hashing-waiting-per-address", "1000",
                "login.failure-floor", "0ms"));
    }

    static Map<String, String> on(TestDatabase database) {
        Map<String, String> settings = plain();
        if (database.config().address() instanceof PostgresServer postgres) {
            settings.put("database.url", postgres.jdbcUrl() + "?user=" + postgres.user());
        }
        return settings;
    }

    /** The same as a server with this data folder reads them. */
    static Configuration configuration(Path folder, Map<String, String> settings) {
        Map<String, String> values = new HashMap<>(settings);
        values.put("data.directory", folder.toString());
        return Configuration.from(
                new SettingsLoader(KnownSettings.all()).overrides(values).load(), Map.of());
    }
}
