package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.AuditExport;
import dev.latchkey.audit.CheckpointKeys;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;

class PlantedSecretsTest {
    private static final String LOGGED = "a line that is known to be logged";

    @BothEngines
    @DisplayName("V16.2.5 no password, token, code or cookie shows in logs, database, audit or outbox")
    void nowhere(TestDatabase database, MutableClock clock, TestReporter reporter) throws IOException {
        Plants plants = new Plants();
        byte[] log;
        try (CapturedOutput output = CapturedOutput.begin()) {
            try (TestServer server = TestServer.on(
                    database,
                    clock,
                    "server.access-log",
                    "true",
                    "limits.enabled",
                    "false",
                    // Nobody answers there, so what was mailed stays in the outbox too.
                    "mail.smtp.host",
                    "127.0.0.1",
                    "mail.smtp.port",
                    "1",
                    "mail.from",
                    "auth@example.com")) {
                SecretsScenario scenario = new SecretsScenario(server, plants);
                scenario.play();
                scenario.misplace(plants.plant("misplaced password", "violet-Anchor-83-drum-Quagmire"));
                scenario.misplace(plants.plant("misplaced token", "Zk9fQ2pXc1R2bUxhWnBOd0JyS3lUZ0hqRnZEeFVjSWU"));
                System.getLogger("dev.latchkey.control").log(System.Logger.Level.DEBUG, LOGGED);

                byte[] stored = StoredBytes.of(database);
                assertThat(Plants.shows(SecretsScenario.NAME, stored))
                        .as("the search finds what is stored")
                        .isTrue();
                assertThat(plants.foundIn(stored)).as("in the database").isEmpty();
                byte[] export = export(server.app().services());
                assertThat(Plants.shows("user.first-admin-created.v1", export)).isTrue();
                assertThat(plants.foundIn(export)).as("in the audit export").isEmpty();
                assertThat(server.app().services().outbox.counts().queued())
                        .as("mails that still wait")
                        .isPositive();
            }
            log = output.bytes();
        }
        assertThat(Plants.shows(LOGGED, log)).isTrue();
        assertThat(Plants.shows("POST /api/v1/auth/login", log))
                .as("the access log")
                .isTrue();
        assertThat(plants.foundIn(log)).as("in the log").isEmpty();
        assertThat(plants.foundIn(StoredBytes.of(database))).as("left behind").isEmpty();
        reporter.publishEntry("secrets planted", Integer.toString(plants.count()));
        reporter.publishEntry("bytes of log", Integer.toString(log.length));
    }

    private static byte[] export(Services services) throws IOException {
        StringWriter text = new StringWriter();
        new AuditExport(services.database, services.auditReader, new NoKeys()).write(text, done -> {});
        return text.toString().getBytes(UTF_8);
    }

    /** The export names keys, and checks nothing with them. */
    private record NoKeys() implements CheckpointKeys {
        @Override
        public Verdict check(String key, byte[] content, byte[] signature) {
            return Verdict.UNKNOWN_KEY;
        }

        @Override
        public Optional<String> publicJwk(String key) {
            return Optional.empty();
        }
    }
}
