package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.OperationalException;
import dev.latchkey.core.UserId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditExportTest {
    @TempDir
    private Path folder;

    @BothEngines
    @DisplayName("an export holds every event, oldest first, erased ones too, and ends with a checkpoint that verifies")
    void exports(TestDatabase test, MutableClock clock) throws IOException {
        TestTrail trail = new TestTrail(test.database(), clock);
        UserId gone = trail.user();
        trail.record(
                SecurityEvent.of(EventType.LOGIN_SUCCEEDED, TestTrail.request()).byUser(gone));
        clock.advance(Duration.ofMillis(1));
        trail.recordLogins(2100);
        trail.background.seal();
        trail.salts.remove(gone);

        StringWriter out = new StringWriter();
        assertThat(new AuditExport(trail.database, trail.reader, trail.key).write(out, done -> {}))
                .isEqualTo(2101);
        List<JsonNode> lines =
                out.toString().lines().map(new JsonMapper()::readTree).toList();
        assertThat(lines).hasSize(2102);
        assertThat(lines.stream()
                        .limit(2101)
                        .map(line -> line.get("event").get("id").asString()))
                .isSorted()
                .doesNotHaveDuplicates();
        JsonNode erased = lines.stream()
                .map(line -> line.get("event"))
                .filter(event ->
                        event != null && event.get("userId").asString("").equals(gone.value()))
                .findFirst()
                .orElseThrow();
        assertThat(erased.get("personal").asString()).isEqualTo("erased");
        assertThat(erased.get("ip").isNull()).isTrue();
        JsonNode readable = lines.get(2000).get("event");
        assertThat(readable.get("ip").asString()).isEqualTo(TestTrail.IP);
        assertThat(readable.get("at").asString()).isEqualTo(clock.instant().toString());
        assertThat(readable.get("details").get("reason").asString()).isEqualTo("wrong_password");
        assertThat(readable.get("block").asLong()).isPositive();

        Path file = Files.writeString(folder.resolve("export.jsonl"), out.toString());
        Checkpoint held = Checkpoint.read(file);
        assertThat(held).isEqualTo(trail.checkpoint());
        assertThat(trail.verify(Optional.of(held)).findings()).isEmpty();
    }

    @BothEngines
    @DisplayName("a checkpoint reads back from its own file, and a file without one is refused")
    void checkpointFile(TestDatabase test, MutableClock clock) throws IOException {
        TestTrail trail = new TestTrail(test.database(), clock);
        trail.sealBlocks(1);
        Checkpoint checkpoint = trail.checkpoint();
        Path file = Files.writeString(folder.resolve("checkpoint.json"), checkpoint.json() + "\n");
        assertThat(Checkpoint.read(file)).isEqualTo(checkpoint);
        for (String wrong :
                List.of("", "{}", "no json", "[1]", "{\"checkpoint\":3}", "{\"block\":1,\"hash\":\"***\"}")) {
            Files.writeString(file, wrong);
            assertThatThrownBy(() -> Checkpoint.read(file))
                    .as(wrong)
                    .isInstanceOf(OperationalException.class)
                    .hasMessageContaining("holds no checkpoint");
        }
    }
}
