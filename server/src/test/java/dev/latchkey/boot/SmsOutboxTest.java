package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Eventually;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.mail.DevelopmentMailbox;
import dev.latchkey.outbox.OutboxCounts;
import dev.latchkey.sms.SmsMessage;
import dev.latchkey.sms.SmsTemplate;
import dev.latchkey.sms.TestGateway;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.JsonNode;

/** Text messages through the packaged server's own outbox. */
class SmsOutboxTest {
    private static final String NUMBER = "+4930123456";

    @BothEngines
    @DisplayName("a text message waits sealed, reaches the gateway and the development mailbox, and is wiped")
    void sent(TestDatabase database, MutableClock clock) throws Exception {
        try (TestGateway gateway = new TestGateway();
                TestServer server =
                        TestServer.on(database, clock, "sms.gateway.url", gateway.url(), "sms.from", "Acme")) {
            gateway.answers(503);
            enqueue(server, clock);
            awaitFailedTry(server);
            assertThat(counts(server).queued()).isOne();
            byte[] stored = server.app()
                    .services()
                    .database
                    .read(sql -> sql.handle()
                            .createQuery("SELECT payload FROM outbox WHERE kind = 'sms'")
                            .mapTo(byte[].class)
                            .one());
            assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("042137", NUMBER);

            gateway.answers(202);
            clock.advance(Duration.ofMinutes(5));
            awaitEmptyQueue(server);
            assertThat(counts(server)).isEqualTo(new OutboxCounts(0, 0));
            assertThat(gateway.posted()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(gateway.posted().stream().map(TestGateway.Posted::key).distinct())
                    .hasSize(1);

            List<DevelopmentMailbox.ReceivedText> shown =
                    server.app().services().mailbox.orElseThrow().texts();
            assertThat(shown).singleElement().satisfies(text -> {
                assertThat(text.to()).isEqualTo(NUMBER);
                assertThat(text.text()).startsWith("042137 is your code").endsWith("@localhost #042137");
            });
            JsonNode listed = server.client()
                    .with("Accept", "application/json")
                    .get("/dev/mail")
                    .json();
            assertThat(listed.get(0).get("kind").asString()).isEqualTo("sms");
            assertThat(listed.get(0).get("to").asString()).isEqualTo(NUMBER);
        }
    }

    @BothEngines
    @DisplayName("a code that expired while the gateway was away is not sent any more")
    void expired(TestDatabase database, MutableClock clock) {
        try (TestGateway gateway = new TestGateway();
                TestServer server =
                        TestServer.on(database, clock, "sms.gateway.url", gateway.url(), "sms.from", "Acme")) {
            gateway.answers(503);
            enqueue(server, clock);
            awaitFailedTry(server);
            int tries = gateway.posted().size();
            gateway.answers(202);
            clock.advance(Duration.ofMinutes(10));
            awaitEmptyQueue(server);
            assertThat(gateway.posted()).hasSize(tries);
            assertThat(counts(server)).isEqualTo(new OutboxCounts(0, 1));
        }
    }

    private static void enqueue(TestServer server, MutableClock clock) {
        Services services = server.app().services();
        String until = clock.instant().plus(Duration.ofMinutes(10)).toString();
        SmsMessage message = new SmsMessage(
                TenantId.MAIN,
                new PhoneNumber(NUMBER),
                SmsTemplate.LOGIN_CODE,
                Map.of(SmsMessage.CODE, "042137", SmsMessage.EXPIRES_AT, until),
                Locale.ENGLISH);
        services.database.tx(tx -> {
            services.outbox.enqueue(tx, message);
            return true;
        });
    }

    private static void awaitFailedTry(TestServer server) {
        until(
                server,
                () -> server.app()
                        .services()
                        .database
                        .<Boolean>read(sql -> sql.handle()
                                .createQuery("SELECT 1 FROM outbox WHERE failure IS NOT NULL AND lease IS NULL")
                                .mapTo(Integer.class)
                                .findOne()
                                .isPresent()));
    }

    private static void awaitEmptyQueue(TestServer server) {
        until(server, () -> counts(server).queued() == 0);
    }

    /** The background dispatcher may hold the message right now, so this waits for what becomes of it. */
    private static void until(TestServer server, BooleanSupplier reached) {
        Eventually.holds("the outbox gets there", () -> {
            server.app().services().outbox.dispatchDue();
            return reached.getAsBoolean();
        });
    }

    private static OutboxCounts counts(TestServer server) {
        return server.app().services().outbox.counts();
    }
}
