package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.Race;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class PhonePagesTest {
    private static final String EMAIL = "ada@example.com";
    private static final String NUMBER = "+4930123456";
    private static final String OTHER = "+431234567";
    private static final String PHONE = "/account/phone";
    private static final String CODE = "/account/phone/code";
    private static final String REMOVE = "/account/phone/remove";
    private static final String[] ON = {
        "mfa.sms.enabled", "true", "sms.allowed-prefixes", "+49,+43", "limits.enabled", "false"
    };

    @BothEngines
    @DisplayName(
            "S1-21 a number is added, proved by its code, replaced and removed on the page; shown by its end alone")
    void wholeLife(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            assertThat(browser.open("/account/security").body()).contains("id=\"add-phone\"", "others can take");

            begun(browser, "+49 (30) 123-456");
            Answer enabled = browser.send(CODE, Map.of("code", server.mails().textedCode(NUMBER)));
            assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
            assertThat(SecurityPagesTest.codes(enabled.body())).hasSize(10);
            assertThat(browser.open("/account/security").body())
                    .contains("\u2022\u2022\u2022\u2022 56", "id=\"change-phone\"", "id=\"two-step-off\"")
                    .doesNotContain("30123456");

            begun(browser, "0043 1 234567");
            assertThat(browser.send(CODE, Map.of("code", server.mails().textedCode(OTHER)))
                            .header("Location"))
                    .isEqualTo("/account/security?done=phone_added");
            assertThat(browser.follow().body()).contains("The phone number is set up", "67");

            assertThat(browser.open(REMOVE).body()).contains("67");
            assertThat(browser.send(REMOVE, Map.of()).header("Location")).isEqualTo("/account/security?done=removed");
            assertThat(browser.follow().body()).contains("id=\"add-phone\"").doesNotContain("id=\"two-step-off\"");
            assertThat(browser.open(REMOVE).status()).isEqualTo(404);
            assertThat(server.auditNames())
                    .contains("mfa.factor-added.v1", "mfa.factor-removed.v1", "mfa.enabled.v1", "mfa.disabled.v1");
        }
    }

    @BothEngines
    @DisplayName(
            "S1-21 what is wrong is told in the form: no number, another country's, a wrong, empty, late or foreign code")
    void wrong(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            browser.open(PHONE);
            for (String typed : List.of("", "030 123456", "hello<b>")) {
                Answer refused = browser.send(PHONE, Map.of("phoneNumber", typed));
                assertThat(refused.status()).as(typed).isEqualTo(422);
                assertThat(refused.body()).contains("with its country code, such as", "phoneNumber-error");
            }
            assertThat(browser.send(PHONE, Map.of("phoneNumber", "+1 555 0100 222"))
                            .body())
                    .contains("Numbers of this country are not served here");

            begun(browser, NUMBER);
            assertThat(browser.send(CODE, Map.of("code", " ")).body()).contains("Type the code.");
            String code = server.mails().textedCode(NUMBER);
            assertThat(browser.send(CODE, Map.of("code", code.equals("000000") ? "000001" : "000000"))
                            .status())
                    .isEqualTo(401);
            Browser other = Browser.signedIn(server, EMAIL);
            other.open(CODE);
            Answer foreign = other.send(CODE, Map.of("code", code));
            assertThat(foreign.status()).isEqualTo(400);
            assertThat(foreign.body()).contains("No setup is under way", "id=\"phoneNumber\"");
            clock.advance(Duration.ofMinutes(10));
            assertThat(browser.open(CODE).status()).isEqualTo(200);
            assertThat(browser.send(CODE, Map.of("code", code)).body()).contains("No setup is under way");
            assertThat(browser.open("/account/security").body()).contains("id=\"add-phone\"");
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 a proof that is too old, or of one factor, is asked for first, and the number typed is kept")
    void proof(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person ada = Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            browser.open(PHONE);
            TwoFactors factors = TwoFactors.of(ada, clock);
            clock.advance(Duration.ofMinutes(1));
            browser.send(PHONE, Map.of("phoneNumber", NUMBER));
            assertThat(browser.page().header("Location")).startsWith("/account/confirm?return_to=%2Faccount%2Fphone");
            browser.follow();
            browser.send("/account/confirm", Map.of("code", factors.app().code()));
            assertThat(browser.follow().body()).contains("value=\"" + NUMBER + "\"");

            browser.open("/account/security");
            clock.advance(Duration.ofMinutes(16));
            for (String path : List.of(PHONE, CODE, REMOVE)) {
                assertThat(browser.open(path).header("Location")).startsWith("/account/confirm");
            }
        }
    }

    @BothEngines
    @DisplayName("V6.5.1 of 50 forms with one code at once one sets the number up")
    void race(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person ada = Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            begun(browser, NUMBER);
            Map<String, String> code = Map.of("code", server.mails().textedCode(NUMBER));

            List<Answer> answers = Race.of(50, () -> browser.ask(CODE, code));

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
            assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 400);
            assertThat(ada.client()
                            .get("/api/v1/mfa/status")
                            .data("/backupCodesLeft")
                            .asInt())
                    .isEqualTo(10);
        }
    }

    @BothEngines
    @DisplayName("where the operator offers no texts there is no such page; a number from before can still be removed")
    void notOffered(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, ON)) {
            Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            begun(browser, NUMBER);
            browser.send(CODE, Map.of("code", server.mails().textedCode(NUMBER)));
        }
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, "eve@example.com");
            Browser eve = Browser.signedIn(server, "eve@example.com");
            assertThat(eve.open("/account/security").body()).doesNotContain("id=\"phone\"");
            assertThat(eve.open(PHONE).status()).isEqualTo(404);
            Browser browser = new Browser(server);
            browser.open("/login");
            browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            browser.follow();
            browser.send("/mfa", Map.of("code", "", "send", "sms"));
            browser.follow();
            browser.send("/mfa", Map.of("code", server.mails().textedCode(NUMBER)));
            assertThat(browser.open("/account/security").body())
                    .contains("id=\"remove-phone\"")
                    .doesNotContain("id=\"change-phone\"");
            browser.open(REMOVE);
            assertThat(browser.send(REMOVE, Map.of()).header("Location")).isEqualTo("/account/security?done=removed");
        }
    }

    private static void begun(Browser browser, String number) {
        browser.open(PHONE);
        Answer sent = browser.send(PHONE, Map.of("phoneNumber", number));
        assertThat(sent.header("Location")).as(sent.body()).isEqualTo(CODE);
        assertThat(browser.follow().body()).contains("We have texted you a code", "href=\"" + PHONE + "\"");
    }
}
