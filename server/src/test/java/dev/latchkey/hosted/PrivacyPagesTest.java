package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.EventType;
import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.page.HistoryPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PrivacyPagesTest {
    private static final String EMAIL = "ada@example.com";
    private static final Pattern OLDER = Pattern.compile("id=\"older\" class=\"button\" href=\"([^\"]+)\"");

    @BothEngines
    @DisplayName("S4-13 consents are given and withdrawn by the form; a box that was left alone is no decision")
    void consents(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            browser.open("/account/privacy");
            assertThat(browser.send("/account/privacy", Map.of("consents.marketing", "true"))
                            .header("Location"))
                    .isEqualTo("/account/privacy?done=consents");
            assertThat(browser.follow().body()).contains("Agreed: ", "checked");
            assertThat(ada.client().get("/api/v1/auth/consents").data("")).hasSize(1);
            browser.send("/account/privacy", Map.of("consents.marketing", "true"));
            assertThat(ada.client().get("/api/v1/auth/consents").data("")).hasSize(1);
            browser.follow();
            clock.advance(Duration.ofSeconds(1));
            browser.send("/account/privacy", Map.of());
            assertThat(browser.follow().body()).contains("Withdrawn: ");
            JsonNode consents = ada.client().get("/api/v1/auth/consents").data("");
            assertThat(consents).hasSize(2);
            assertThat(consents.at("/0/granted").asBoolean()).isFalse();
        }
    }

    @BothEngines
    @DisplayName("the copy of the own data is whole, holds no secret, is audited and needs a recent login")
    void export(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "mfa.trusted-device", "30d")) {
            Person ada = Person.registered(server, EMAIL);
            TwoFactors factors = TwoFactors.of(ada, clock);
            clock.advance(Duration.ofMinutes(1));
            Browser browser = new Browser(server);
            browser.open("/login?return_to=/account/privacy");
            browser.send("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
            browser.follow();
            browser.send("/mfa", Map.of("code", factors.app().code(), "trust", "true"));
            assertThat(browser.follow().body()).contains("href=\"/account/export\"");
            clock.advance(Duration.ofSeconds(1));
            Answer copy = browser.client().get("/account/export");
            assertThat(copy.status()).as(copy.body()).isEqualTo(200);
            assertThat(copy.header("Content-Disposition")).isEqualTo("attachment; filename=\"account.json\"");
            assertThat(copy.header("Cache-Control")).contains("no-store");
            assertThat(copy.json().at("/user/email").asString()).isEqualTo(EMAIL);
            assertThat(copy.json().at("/authenticators")).hasSize(1);
            assertThat(copy.json().at("/sessions")).hasSizeGreaterThan(1);
            assertThat(copy.json().at("/browsers")).hasSizeGreaterThan(1);
            assertThat(copy.json().at("/browsers/0/device").asString()).isNotEmpty();
            assertThat(copy.json().at("/browsers"))
                    .extracting(known -> known.has("trustedUntil"))
                    .contains(true);
            assertThat(copy.json().at("/history/0/name").asString()).isEqualTo("user.data-exported.v1");
            assertThat(copy.json().at("/historyComplete").asBoolean()).isTrue();
            assertThat(copy.body())
                    .doesNotContainIgnoringCase("argon2")
                    .doesNotContain(
                            "hash", "salt", "epoch", factors.backupCodes().getFirst());

            clock.advance(Duration.ofMinutes(16));
            assertThat(browser.open("/account/export").header("Location"))
                    .isEqualTo("/account/confirm?return_to=%2Faccount%2Fexport");
            assertThat(ada.with(secondFactor(ada, factors))
                            .client()
                            .get("/api/v1/auth/export")
                            .text("/user/email"))
                    .isEqualTo(EMAIL);
        }
    }

    @BothEngines
    @DisplayName("the own history: everything that happened, paged, and nobody else's; no address of administrators")
    void history(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "limits.enabled", "false")) {
            Person ada = Person.registered(server, EMAIL);
            Person eve = Person.registered(server, "eve@example.com");
            server.grant(eve.email(), "ADMIN");
            eve = eve.loggedIn();
            String id = ada.id();
            assertThat(eve.client().post("/api/v1/users/" + id + "/disable").status())
                    .isEqualTo(200);
            eve.client().post("/api/v1/users/" + id + "/enable");
            clock.advance(Duration.ofSeconds(1));
            for (int i = 0; i < 40; i++) {
                ada = ada.with(ada.loggedIn().refresh());
            }
            // Of one millisecond's events none is the newest.
            clock.advance(Duration.ofSeconds(1));
            ada.login("wrong");
            Browser browser = Browser.signedIn(server, EMAIL);
            String newest = browser.open("/account/history").body();
            assertThat(newest)
                    .contains("Signed in", "Somebody failed to sign in", "Address: ")
                    .doesNotContain("eve@example.com", "Something else");
            StringBuilder pages = new StringBuilder(newest);
            for (Matcher older = OLDER.matcher(newest); older.find(); ) {
                String next = browser.open(older.group(1)).body();
                pages.append(next);
                older = OLDER.matcher(next);
            }
            assertThat(pages.toString())
                    .contains("The account was made", "The account was disabled", "Done by an administrator")
                    .contains("There is nothing older");
            assertThat(browser.open("/account/history?cursor=x").status()).isEqualTo(422);
            List<JsonNode> all = new ArrayList<>();
            Answer listed = browser.client().get("/api/v1/auth/history");
            listed.data("").forEach(all::add);
            while (!cursor(listed).isEmpty()) {
                listed = browser.client().get("/api/v1/auth/history?cursor=" + cursor(listed));
                listed.data("").forEach(all::add);
            }
            assertThat(all).doesNotHaveDuplicates().hasSizeGreaterThan(80);
            assertThat(all)
                    .filteredOn(event -> event.at("/name").asString().equals("user.disabled.v1"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.toString())
                            .contains("\"by\":\"administrator\"")
                            .doesNotContain("\"ip\"", "\"device\""));
            assertThat(all).noneMatch(event -> event.at("/name").asString().equals("token.refreshed.v1"));
        }
    }

    @BothEngines
    @DisplayName(
            "S4-09 the account is deleted by whoever knows its password, and says so; the last administrator stays")
    void deletion(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person.registered(server, EMAIL);
            server.grant(EMAIL, "ADMIN");
            Browser browser = Browser.signedIn(server, EMAIL);
            browser.open("/account/delete");
            assertThat(browser.send("/account/delete", Map.of("password", "")).status())
                    .isEqualTo(422);
            assertThat(browser.send("/account/delete", Map.of("password", "wrong"))
                            .status())
                    .isEqualTo(401);
            Answer last = browser.send("/account/delete", Map.of("password", Person.PASSWORD));
            assertThat(last.status()).isEqualTo(409);
            assertThat(last.body()).contains("You are the last administrator");

            Person.registered(server, "eve@example.com");
            Browser other = Browser.signedIn(server, "eve@example.com");
            other.open("/account/delete");
            Answer done = other.send("/account/delete", Map.of("password", Person.PASSWORD));
            assertThat(done.header("Location")).isEqualTo("/login?deleted=1");
            assertThat(other.follow().body()).contains("Your account is deleted");
            assertThat(other.signedIn()).isFalse();
            other.send("/login", Map.of("email", "eve@example.com", "password", Person.PASSWORD));
            assertThat(other.page().status()).isEqualTo(401);
        }
    }

    @BothEngines
    @DisplayName("V7.5.1 where there is a second factor the deletion asks for it first, and goes on")
    void deletionWithSecondFactor(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person eve = Person.registered(server, EMAIL);
            Browser browser = Browser.signedIn(server, EMAIL);
            browser.open("/account/delete");
            TwoFactors factors = TwoFactors.of(eve, clock);
            clock.advance(Duration.ofMinutes(1));

            browser.send("/account/delete", Map.of("password", Person.PASSWORD));
            assertThat(browser.page().header("Location")).startsWith("/account/confirm?return_to=%2Faccount%2Fdelete");
            assertThat(browser.open("/account/delete").header("Location"))
                    .isEqualTo("/account/confirm?return_to=%2Faccount%2Fdelete");
            browser.follow();
            browser.send("/account/confirm", Map.of("code", factors.app().code()));
            assertThat(browser.page().header("Location")).isEqualTo("/account/delete");
            browser.follow();
            assertThat(browser.send("/account/delete", Map.of("password", Person.PASSWORD))
                            .header("Location"))
                    .isEqualTo("/login?deleted=1");
        }
    }

    @Test
    @DisplayName("every event that concerns a person has its words")
    void everyEventHasItsWords() {
        ResourceBundle texts = ResourceBundle.getBundle("dev.latchkey.page.messages", Locale.ROOT);
        assertThat(EventType.values())
                .filteredOn(type -> Stream.of("user.", "email.", "login.", "mfa.", "session.", "password.")
                        .anyMatch(type.eventName()::startsWith))
                .filteredOn(type -> switch (type) {
                    // Of nobody's account, or of one that is gone; the account's owner is not told of the other two.
                    case REGISTRATION_REFUSED, ACCOUNT_DELETED, USERS_EXPORTED, BREACH_CHECK_UNAVAILABLE -> false;
                    default -> true;
                })
                .allSatisfy(type -> assertThat(texts.containsKey(new HistoryPage.Entry(
                                        "id", type.eventName(), "", Optional.empty(), Optional.empty(), false)
                                .key()))
                        .as(type.eventName())
                        .isTrue());
    }

    private static Answer secondFactor(Person ada, TwoFactors factors) {
        Map<String, String> body = Map.of(
                "mfaToken", ada.login().text("/mfaToken"), "code", factors.app().code());
        return ada.anonymous().post("/api/v1/mfa/verify", body);
    }

    private static String cursor(Answer listed) {
        return listed.json().at("/pagination/cursor").asString("");
    }
}
