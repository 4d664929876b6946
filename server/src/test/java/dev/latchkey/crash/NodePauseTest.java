package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TwoNodes.Sharing;
import dev.latchkey.core.Eventually;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.redis.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers in processes of their own over one PostgreSQL; one is stopped in its tracks (SIGSTOP), goes on, or is killed. */
@Timeout(600)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGSTOP")
class NodePauseTest {
    private static final long WITHIN = TimeUnit.SECONDS.toNanos(1);
    /** Twelve seconds as documented, four until the successor looks for rows, and the rest for a busy machine. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource
    @DisplayName("a node that slept while a token was revoked refuses it when it wakes")
    void revokedWhilePaused(Sharing sharing, @TempDir Path folder) throws Exception {
        try (TestDatabase database = TestDatabase.on(Engine.POSTGRESQL)) {
            Map<String, String> settings = settings(sharing, database);
            try (ServerProcess here = start(folder.resolve("here"), settings);
                    ServerProcess there = start(folder.resolve("there"), settings)) {
                Answer ada = register(here, "ada@example.com");
                String token = ada.text("/access_token");
                assertThat(there.client().bearer(token).get("/api/v1/auth/me").status())
                        .isEqualTo(200);

                there.pause();
                assertThat(here.client()
                                .bearer(token)
                                .post("/api/v1/auth/logout")
                                .status())
                        .isEqualTo(204);
                long revoked = System.nanoTime();
                while (System.nanoTime() - revoked < WITHIN) {
                    assertThat(here.client()
                                    .bearer(token)
                                    .get("/api/v1/auth/me")
                                    .code())
                            .isEqualTo("TOKEN_REVOKED");
                }
                there.resume();

                assertThat(there.client().bearer(token).get("/api/v1/auth/me").code())
                        .isEqualTo("TOKEN_REVOKED");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what a paused or killed node did in the background another does, and the trail stays whole")
    void takesOver(Sharing sharing, @TempDir Path folder, TestReporter reporter) throws Exception {
        try (TestDatabase database = TestDatabase.on(Engine.POSTGRESQL)) {
            Map<String, String> settings = settings(sharing, database);
            try (ServerProcess here = start(folder.resolve("here"), settings);
                    ServerProcess there = start(folder.resolve("there"), settings)) {
                register(here, "ada@example.com");
                awaitSealed(database);

                here.pause();
                register(there, "bob@example.com");
                reporter.publishEntry("sealed after a pause", awaitSealed(database) + " ms");

                here.resume();
                there.kill();
                register(here, "cid@example.com");
                reporter.publishEntry("sealed after a kill", awaitSealed(database) + " ms");

                here.stop();
                try (StoredData data = new StoredData(folder, ServerSettings.on(database))) {
                    assertThat(data.requireWhole().unsealed()).isZero();
                }
            }
        }
    }

    private static Map<String, String> settings(Sharing sharing, TestDatabase database) {
        Map<String, String> settings = ServerSettings.on(database);
        switch (sharing) {
            case DATABASE_ALONE -> {}
            case WITH_REDIS -> {
                settings.put("redis.host", "127.0.0.1");
                settings.put("redis.port", Integer.toString(TestRedis.running().port()));
                settings.put("redis.prefix", TestRedis.prefix());
            }
        }
        return settings;
    }

    private static ServerProcess start(Path folder, Map<String, String> settings) throws IOException {
        Files.createDirectories(folder);
        return ServerProcess.start(folder, settings);
    }

    private static Answer register(ServerProcess server, String email) {
        Answer answer =
                server.client().post("/api/v1/auth/register", Map.of("email", email, "password", Person.PASSWORD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    /** Answers how long it took, in milliseconds. */
    private static long awaitSealed(TestDatabase database) {
        long start = System.nanoTime();
        boolean sealed = Eventually.holdsWithin(
                TAKEN_OVER,
                () -> database.database()
                                .<Long>read(sql -> sql.handle()
                                        .createQuery("SELECT COUNT(*) FROM audit_event WHERE block IS NULL")
                                        .mapTo(Long.class)
                                        .one())
                        == 0);
        assertThat(sealed).as("every event is sealed within " + TAKEN_OVER).isTrue();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
