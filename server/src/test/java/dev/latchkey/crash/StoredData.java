package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.AuditVerifier;
import dev.latchkey.audit.CheckpointKeys;
import dev.latchkey.audit.VerifyReport;
import dev.latchkey.boot.Configuration;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Databases;
import dev.latchkey.db.Engine;
import dev.latchkey.jose.SignatureProvider;
import dev.latchkey.key.KeyService;
import dev.latchkey.key.KeyUse;
import dev.latchkey.key.MasterKeyService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The database of a server that runs, or no longer does, read beside it. */
final class StoredData implements AutoCloseable {
    private record Event(String request, String name) {}

    private final Configuration configuration;
    private final Database database;

    /** Of the server with this data folder and these settings. */
    StoredData(Path folder, Map<String, String> settings) {
        this.configuration = ServerSettings.configuration(folder, settings);
        this.database = Databases.open(configuration.database());
    }

    Map<String, List<String>> eventsByRequest() {
        List<Event> events = database.read(sql -> sql.handle()
                .createQuery("SELECT request_id, name FROM audit_event")
                .map((row, context) -> new Event(row.getString("request_id"), row.getString("name")))
                .list());
        return events.stream()
                .collect(Collectors.groupingBy(Event::request, Collectors.mapping(Event::name, Collectors.toList())));
    }

    /** Mails that were neither sent nor given up. */
    long waitingMails() {
        return database.read(sql -> sql.handle()
                .createQuery("SELECT COUNT(*) FROM outbox WHERE dead_at IS NULL")
                .mapTo(Long.class)
                .one());
    }

    /** The trail is whole, and on SQLite so is the file. */
    VerifyReport requireWhole() {
        if (database.engine() == Engine.SQLITE) {
            assertThat(pragma("integrity_check")).containsExactly("ok");
            assertThat(pragma("foreign_key_check")).isEmpty();
        }
        VerifyReport report = verify();
        assertThat(report.findings()).isEmpty();
        return report;
    }

    private List<String> pragma(String name) {
        return database.read(sql ->
                sql.handle().createQuery("PRAGMA " + name).mapTo(String.class).list());
    }

    private VerifyReport verify() {
        Clock clock = Clock.systemUTC();
        Sealer sealer = new MasterKeyService(
                        configuration.masterKey(),
                        database,
                        configuration.database().dataDirectory(),
                        new Secrets(clock),
                        clock)
                .open();
        KeyService keys = new KeyService(
                database,
                sealer,
                new SignatureProvider(configuration.keys().signatureProvider()),
                configuration.keys(),
                Duration.ofHours(1),
                (tx, tenant, kid, state) -> {},
                clock);
        keys.reload();
        return new AuditVerifier(database, new PublicKeys(keys), clock).verify(Optional.empty(), (done, of) -> {});
    }

    @Override
    public void close() {
        database.close();
    }

    private record PublicKeys(KeyService keys) implements CheckpointKeys {
        @Override
        public Verdict check(String key, byte[] content, byte[] signature) {
            return keys.verification(KeyUse.AUDIT, key)
                    .map(it -> it.verifies(content, signature) ? Verdict.GENUINE : Verdict.FORGED)
                    .orElse(Verdict.UNKNOWN_KEY);
        }

        @Override
        public Optional<String> publicJwk(String key) {
            return keys.publicJwk(KeyUse.AUDIT, key);
        }
    }
}
