package dev.latchkey.boot.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.KnownSettings;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsLoader;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.DatabaseConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An installation under examination, with real settings; answers what one check finds. */
final class Examined {
    /** 32 bytes that look random. */
    static final String MASTER_KEY = "pE2w3kqVv0sX1m5hYt8Zr6uL9cQeJd4nBfGaKiTyHxM=";

    private final Map<String, String> values = new HashMap<>();
    private Optional<Path> backups = Optional.empty();
    private Optional<Path> file = Optional.empty();
    private Clock clock = new MutableClock();

    private Examined(Path data) {
        values.put("server.port", "0");
        values.put("data.directory", data.toString());
    }

    static Examined in(Path data) {
        return new Examined(data);
    }

    static Examined on(DatabaseConfig database) {
        Examined examined = new Examined(database.dataDirectory());
        if (database.address() instanceof PostgresServer postgres) {
            examined.with("database.url", urlOf(postgres));
        }
        return examined.with("master-key", MASTER_KEY);
    }

    static String urlOf(PostgresServer postgres) {
        return "postgres://" + postgres.user() + ":" + postgres.password() + "@"
                + postgres.jdbcUrl().substring("jdbc:postgresql://".length());
    }

    Examined with(String key, String value) {
        values.put(key, value);
        return this;
    }

    Examined production() {
        return with("server.public-url", "https://login.example.com");
    }

    Examined file(Path yaml) {
        file = Optional.of(yaml);
        return this;
    }

    Examined backups(Path folder) {
        backups = Optional.of(folder);
        return this;
    }

    Examined at(Clock time) {
        clock = time;
        return this;
    }

    List<Finding> all() {
        try (Installation installation = installation()) {
            return Examination.of(installation);
        }
    }

    List<Finding> findings(Check check) {
        try (Installation installation = installation()) {
            return Examination.run(check, installation);
        }
    }

    void fine(Check check) {
        List<Finding> findings = findings(check);
        assertThat(findings).isNotEmpty().allMatch(finding -> finding.level() == Finding.Level.OK);
    }

    void warns(Check check, String says) {
        found(check, Finding.Level.WARN, says);
    }

    void fails(Check check, String says) {
        found(check, Finding.Level.FAIL, says);
    }

    private void found(Check check, Finding.Level level, String says) {
        assertThat(findings(check)).anySatisfy(finding -> {
            assertThat(finding.level()).isEqualTo(level);
            assertThat(finding.check()).isEqualTo(check.name());
            assertThat(finding.says()).contains(says);
        });
    }

    private Installation installation() {
        SettingsLoader loader = new SettingsLoader(KnownSettings.all()).overrides(values);
        file.ifPresent(loader::file);
        Settings settings = loader.load();
        return new Installation(Configuration.from(settings, Map.of()), settings, backups, clock);
    }
}
