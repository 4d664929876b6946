package dev.latchkey.boot.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.http.RequestId;
import dev.latchkey.trace.Span;
import dev.latchkey.trace.SpanKind;
import dev.latchkey.trace.TraceParent;
import dev.latchkey.trace.Tracer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LineFormatTest {
    private static final String HOSTILE = "a\nb\r\"c\\d\u001b[31m\u2028e";

    @Test
    void aRecordIsOneJsonObjectOnOneLine() {
        String line = published(new JsonLines(), record(HOSTILE));
        assertThat(line.strip()).doesNotContain("\n").doesNotContain("\u001b").doesNotContain("\u2028");
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.get("message").asString()).isEqualTo(HOSTILE);
        assertThat(json.get("time").asString()).isEqualTo("2026-11-01T12:30:01.250Z");
        assertThat(json.get("level").asString()).isEqualTo("warn");
        assertThat(json.get("logger").asString()).isEqualTo("dev.latchkey.outbox.Outbox");
    }

    @Test
    @DisplayName("V16.4 what a client sent cannot start a log line of its own")
    void aPlainRecordIsOneLine() {
        assertThat(published(new PlainLines(), record(HOSTILE)))
                .startsWith("12:30:01.250 warn  Outbox: a b \"c\\d")
                .containsOnlyOnce("\n")
                .doesNotContain("\u001b");
    }

    @Test
    void aStackTraceStaysInsideTheObject() {
        LogRecord record = record("it broke");
        record.setThrown(new IllegalStateException("why\n{\"level\":\"info\"}"));
        String line = published(new JsonLines(), record);
        assertThat(line).containsOnlyOnce("\n");
        assertThat(JsonMapper.shared().readTree(line).get("error").asString()).contains("IllegalStateException: why");
    }

    @Test
    void parametersAreFilledIn() {
        LogRecord record = record("{0} mails wait");
        record.setParameters(new Object[] {3});
        assertThat(published(new PlainLines(), record)).endsWith("Outbox: 3 mails wait\n");
    }

    @Test
    void aTimeWithoutMillisecondsIsNotCutShort() {
        LogRecord record = record("x");
        record.setInstant(Instant.parse("2026-11-01T12:30:01Z"));
        assertThat(published(new PlainLines(), record)).startsWith("12:30:01 warn");
    }

    @Test
    void aLineNamesTheRequestItWasWrittenIn() {
        String line = ScopedValue.where(RequestId.CURRENT, "r-1").call(() -> published(new JsonLines(), record("x")));
        assertThat(JsonMapper.shared().readTree(line).get("requestId").asString())
                .isEqualTo("r-1");
        assertThat(published(new JsonLines(), record("x"))).doesNotContain("requestId", "traceId");
    }

    @Test
    void aLineNamesTheTraceItWasWrittenIn() {
        TraceParent parent = TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")
                .orElseThrow();
        Span span = Tracer.off().begin("x", SpanKind.SERVER, Optional.of(parent));
        JsonNode json = JsonMapper.shared().readTree(span.around(() -> published(new JsonLines(), record("x"))));
        assertThat(json.get("traceId").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(json.get("spanId").asString()).isEqualTo(span.spanId());
    }

    @Test
    void levelsAreNamedByLogger() {
        assertThat(LoggerLevel.parse("dev.latchkey.http = Debug"))
                .contains(new LoggerLevel("dev.latchkey.http", LogLevel.DEBUG));
        assertThat(LoggerLevel.parse("dev.latchkey.http")).isEmpty();
        assertThat(LoggerLevel.parse("=debug")).isEmpty();
        assertThat(LoggerLevel.parse("a=loud")).isEmpty();
    }

    private static LogRecord record(String message) {
        LogRecord record = new LogRecord(Level.WARNING, message);
        record.setInstant(Instant.parse("2026-11-01T12:30:01.250Z"));
        record.setLoggerName("dev.latchkey.outbox.Outbox");
        return record;
    }

    private static String published(LineFormat format, LogRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LineHandler(format, out).publish(record);
        return out.toString(StandardCharsets.UTF_8);
    }
}
