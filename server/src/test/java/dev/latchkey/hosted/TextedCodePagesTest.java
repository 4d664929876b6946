package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class TextedCodePagesTest {
    private static final String EMAIL = "ada@example.com";
    private static final String NUMBER = "+4930123456";

    @BothEngines
    @DisplayName("S1-21 who has only a telephone number as second factor signs in and confirms on the pages")
    void onlyANumber(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "mfa.sms.enabled", "true")) {
            Person ada = Person.registered(server, EMAIL);
            ada.client().post("/api/v1/mfa/sms/setup", Map.of("phoneNumber", NUMBER));
            Answer enabled = ada.client()
                    .post(
                            "/api/v1/mfa/sms/enable",
                            Map.of("code", server.mails().textedCode(NUMBER)));
            assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(1));

            Browser browser = new Browser(server);
            browser.open("/login?return_to=/account/security");
            browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            assertThat(browser.follow().body()).contains("id=\"send\"", "id=\"use-backup-code\"");
            assertThat(browser.send("/mfa", Map.of("code", "", "send", "sms")).header("Location"))
                    .isEqualTo("/mfa?with=sms&sent=1&return_to=%2Faccount%2Fsecurity");
            assertThat(browser.follow().body()).contains("The code is on its way");
            assertThat(browser.send("/mfa", Map.of("code", "000000")).status()).isEqualTo(401);
            String code = server.mails().textedCode(NUMBER);
            assertThat(browser.send("/mfa", Map.of("code", code)).header("Location"))
                    .isEqualTo("/account/security");

            clock.advance(Duration.ofMinutes(16));
            browser.open("/account/backup-codes");
            browser.follow();
            browser.open("/account/confirm?with=sms&return_to=/account/backup-codes");
            assertThat(browser.send("/account/confirm", Map.of("code", "", "send", "sms"))
                            .header("Location"))
                    .isEqualTo("/account/confirm?with=sms&sent=1&return_to=%2Faccount%2Fbackup-codes");
            browser.follow();
            code = server.mails().textedCode(NUMBER);
            assertThat(browser.send("/account/confirm", Map.of("code", code)).header("Location"))
                    .isEqualTo("/account/backup-codes");
            assertThat(browser.follow().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("texts cost money: pages draw on the same limits as the API")
    void limited(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "mfa.sms.enabled", "true")) {
            Person ada = Person.registered(server, EMAIL);
            ada.client().post("/api/v1/mfa/sms/setup", Map.of("phoneNumber", NUMBER));
            ada.client()
                    .post(
                            "/api/v1/mfa/sms/enable",
                            Map.of("code", server.mails().textedCode(NUMBER)));
            Browser browser = new Browser(server);
            browser.open("/login");
            browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            browser.follow();
            int texted = server.mails().textsTo(NUMBER).size();
            int sent = 0;
            while (browser.post("/mfa", Map.of("with", "sms", "send", "sms")).status() == 303 && sent < 20) {
                sent++;
            }
            assertThat(browser.page().status()).isEqualTo(429);
            assertThat(browser.page().body()).contains("id=\"wait\"", "href=\"/mfa\"");
            assertThat(server.mails().textsTo(NUMBER)).hasSize(texted + sent);
        }
    }
}
