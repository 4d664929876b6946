package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.trace.Collector;
import dev.latchkey.trace.Collector.Received;
import java.util.List;
import java.util.Locale;

/** What a whole server tells a collector. */
class TracingTest {
    private static final String CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @BothEngines
    void aLoginsPartsAreToldAndNothingOfThePerson(TestDatabase database, MutableClock clock) {
        try (Collector collector = new Collector()) {
            try (TestServer server = on(database, clock, collector, "100")) {
                Person ada = Person.registered(server, "ada.planted@example.com");
                ada.login("wrong-planted-1");
                ada.loggedIn().me();
                server.mails().to(ada.email());
                server.client().get("/verify-email?token=planted-token");
                server.client().get("/planted/path");
            }
            List<Received> spans = collector.spans();
            Received login = spans.stream()
                    .filter(span -> span.name().equals("POST /api/v1/auth/login"))
                    .findFirst()
                    .orElseThrow();
            assertThat(login.kind()).isEqualTo(2);
            assertThat(login.attributes())
                    .containsEntry("http.route", "/api/v1/auth/login")
                    .containsEntry("http.request.method", "POST")
                    .containsEntry("http.response.status_code", "401")
                    .containsEntry("url.scheme", "http")
                    .containsEntry("network.protocol.version", "1.1")
                    .containsKey("latchkey.request_id");
            assertThat(login.failed()).isFalse();
            List<Received> parts = spans.stream()
                    .filter(span -> span.parentSpanId().equals(login.spanId()))
                    .toList();
            String system = database.engine().name().toLowerCase(Locale.ROOT);
            assertThat(parts).anySatisfy(part -> {
                assertThat(part.name()).isEqualTo("TRANSACTION");
                assertThat(part.attributes()).containsEntry("db.system.name", system);
            });
            assertThat(parts).anySatisfy(part -> assertThat(part.name()).isEqualTo("hash password"));
            assertThat(parts).allSatisfy(part -> {
                assertThat(part.traceId()).isEqualTo(login.traceId());
                assertThat(part.nanos()).isLessThanOrEqualTo(login.nanos());
            });
            assertThat(spans).anySatisfy(span -> assertThat(span.name()).isEqualTo("send mail"));
            assertThat(spans).anySatisfy(span -> assertThat(span.name()).isEqualTo("GET"));
            assertThat(collector.everything()).doesNotContain("planted", "127.0.0.1", "Bearer", "lkr_");
        }
    }

    @BothEngines
    void aTrustedProxysTraceIsTakenUpAndAStrangersIsNot(TestDatabase database, MutableClock clock) {
        try (Collector collector = new Collector()) {
            try (TestServer server = on(database, clock, collector, "0")) {
                server.client().with("traceparent", CALLER).get("/health/live");
                server.client().with("traceparent", "00-junk-01").get("/health/live");
            }
            assertThat(collector.spans()).singleElement().satisfies(span -> {
                assertThat(CALLER).contains(span.traceId(), span.parentSpanId());
                assertThat(span.name()).isEqualTo("GET /health/live");
            });
        }
        try (Collector collector = new Collector()) {
            try (TestServer server = TestServer.on(
                    database,
                    clock,
                    "tracing.endpoint",
                    collector.endpoint().toString(),
                    "tracing.sample-percent",
                    "100",
                    "server.trusted-proxies",
                    "192.0.2.1")) {
                server.client().with("traceparent", CALLER).get("/health/live");
            }
            assertThat(collector.spans())
                    .singleElement()
                    .satisfies(span -> assertThat(CALLER).doesNotContain(span.traceId()));
        }
    }

    private static TestServer on(TestDatabase database, MutableClock clock, Collector collector, String percent) {
        return TestServer.on(
                database,
                clock,
                "tracing.endpoint",
                collector.endpoint().toString(),
                "tracing.sample-percent",
                percent);
    }
}
