package dev.latchkey.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.TenantId;
import dev.latchkey.outbox.Outcome;
import dev.latchkey.page.PageConfig;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SmsDeliveryTest {
    private static final PhoneNumber ADA = new PhoneNumber("+4930123456");
    private static final String EXPIRES_AT = "2030-01-01T00:10:00Z";

    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    @DisplayName("S1-02 a code is posted to the gateway as JSON, with the line that browsers fill it in by")
    void json() {
        assertThat(deliver(
                        Map.of("sms.from", "Acme \"Ltd\"", "sms.gateway.credential", "Authorization: Bearer s3cret")))
                .isEqualTo(new Outcome.Delivered());
        TestGateway.Posted posted = gateway.posted().getFirst();
        assertThat(posted.method()).isEqualTo("POST");
        assertThat(posted.path()).isEqualTo("/messages");
        assertThat(posted.contentType()).isEqualTo("application/json");
        assertThat(posted.credential()).contains("Bearer s3cret");
        assertThat(posted.key()).isEqualTo("m-1");
        JsonNode body = JsonMapper.shared().readTree(posted.body());
        assertThat(body.get("to").asString()).isEqualTo("+4930123456");
        assertThat(body.get("from").asString()).isEqualTo("Acme \"Ltd\"");
        assertThat(body.get("text").asString())
                .isEqualTo("042137 is your code to sign in to A\\c\"me {to}. Give it to nobody who asks you for it.\n\n"
                        + "@auth.example.com #042137");
    }

    @Test
    @DisplayName("a form is escaped as forms are, and what values hold is not filled in")
    void form() {
        assertThat(deliver(
                        Map.of("sms.gateway.format", "form", "sms.gateway.body", "To={to}&Body={text}&Reference={id}")))
                .isEqualTo(new Outcome.Delivered());
        TestGateway.Posted posted = gateway.posted().getFirst();
        assertThat(posted.contentType()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(posted.credential()).isEmpty();
        assertThat(posted.body())
                .startsWith("To=%2B4930123456&Body=042137+is+your+code+to+sign+in+to+A%5Cc%22me+%7Bto%7D.")
                .endsWith("%0A%0A%40auth.example.com+%23042137&Reference=m-1");
    }

    @ParameterizedTest
    @CsvSource({
        "200, Delivered",
        "204, Delivered",
        "302, Failed",
        "400, Refused",
        "401, Failed",
        "403, Failed",
        "404, Failed",
        "422, Refused",
        "429, Failed",
        "500, Failed",
        "503, Failed"
    })
    @DisplayName("what the gateway will never take is given up; the rest is tried again, and no redirect followed")
    void statuses(int status, String outcome) {
        gateway.answers(status);
        Outcome answered = deliver(Map.of("sms.from", "Acme"));
        assertThat(answered.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(answered.toString()).doesNotContain("quoted", "042137", "4930");
        assertThat(gateway.posted()).hasSize(1);
    }

    @Test
    @DisplayName("a gateway that does not answer, or is not there, is tried again")
    void away() throws Exception {
        gateway.fallsSilent();
        assertThat(deliver(Map.of("sms.from", "Acme", "sms.gateway.timeout", "50ms")))
                .isInstanceOf(Outcome.Failed.class);
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(deliver(Map.of("sms.from", "Acme", "sms.gateway.url", "http://127.0.0.1:" + free)))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    @DisplayName("API6 a number outside the allowed countries costs nothing")
    void allowedPrefixes() {
        assertThat(deliver(Map.of("sms.from", "Acme", "sms.allowed-prefixes", "+43,+4940")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(gateway.posted()).isEmpty();
        assertThat(deliver(Map.of("sms.from", "Acme", "sms.allowed-prefixes", "+43,+4930")))
                .isEqualTo(new Outcome.Delivered());
    }

    @Test
    @DisplayName("without a gateway nothing can be sent, and nothing should be offered that needs it")
    void withoutGateway() {
        SmsConfig config = SmsConfig.from(Settings.defaults(SmsConfig.settings()));
        assertThat(config.gateway()).isEmpty();
        assertThat(config.problems()).isEmpty();
        assertThat(new SmsDelivery(config, renderer(), List.of()).available()).isFalse();
    }

    @Test
    @DisplayName("a message of a newer release waits for a node that can read it; every message survives its encoding")
    void encoding() {
        assertThat(SmsCodec.decode(code().payload())).isEqualTo(code());
        assertThat(code().uselessFrom()).contains(Instant.parse(EXPIRES_AT));
        assertThat(code().toString()).doesNotContain("042137", "4930");
        byte[] payload = code().payload();
        payload[0] = 99;
        SmsDelivery delivery = new SmsDelivery(config(Map.of("sms.from", "Acme")), renderer(), List.of());
        assertThat(delivery.deliver("m-1", payload)).isInstanceOf(Outcome.Failed.class);
        assertThat(delivery.deliver("m-1", new byte[] {1, 0, 9})).isInstanceOf(Outcome.Failed.class);
        assertThatThrownBy(() -> new SmsMessage(TenantId.MAIN, ADA, SmsTemplate.LOGIN_CODE, Map.of(), Locale.ENGLISH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sms.gateway.url=http://gateway.example.com/",
                "sms.gateway.url=ftp://127.0.0.1/",
                "sms.gateway.url=https://user:pass@gateway.example.com/",
                "sms.gateway.url=not a url",
                "sms.gateway.credential=no header line",
                "sms.gateway.credential=Host: elsewhere.example.com",
                "sms.gateway.credential=X: a\nY: b",
                "sms.gateway.timeout=0s",
                "sms.allowed-prefixes=49"
            })
    void unsafeSettingsAreRefused(String setting) {
        String[] pair = setting.split("=", 2);
        assertThatThrownBy(() -> Settings.of(SmsConfig.settings(), Map.of(pair[0], pair[1])))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(pair[0]);
    }

    @Test
    void settingsThatDoNotFitTogetherAreReported() {
        assertThat(config(Map.of()).problems()).singleElement().asString().startsWith("sms.from must be set");
        assertThat(config(Map.of("sms.gateway.body", "{}")).problems())
                .containsExactly(
                        "sms.gateway.body must say where {to} goes", "sms.gateway.body must say where {text} goes");
        assertThat(config(Map.of("sms.from", "x")).gateway().orElseThrow().toString())
                .isEqualTo("GatewayConfig[127.0.0.1]");
    }

    private Outcome deliver(Map<String, String> settings) {
        SmsConfig config = config(settings);
        assertThat(config.problems()).isEmpty();
        try (GatewayTransport transport = new GatewayTransport(config.gateway().orElseThrow())) {
            return new SmsDelivery(config, renderer(), List.of(transport)).deliver("m-1", code().payload());
        }
    }

    private SmsConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("sms.gateway.url", gateway.url()));
        all.putAll(settings);
        return SmsConfig.from(Settings.of(SmsConfig.settings(), all));
    }

    private static SmsRenderer renderer() {
        return new SmsRenderer(PageConfig.named("A\\c\"me {to}"), URI.create("https://auth.example.com/base"));
    }

    private static SmsMessage code() {
        return new SmsMessage(
                TenantId.MAIN,
                ADA,
                SmsTemplate.LOGIN_CODE,
                Map.of(SmsMessage.CODE, "042137", SmsMessage.EXPIRES_AT, EXPIRES_AT),
                Locale.ENGLISH);
    }
}
