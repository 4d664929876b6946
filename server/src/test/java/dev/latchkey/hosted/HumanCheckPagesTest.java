package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.human.Solver;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;

class HumanCheckPagesTest {
    private static final String EMAIL = "ada@example.com";
    private static final Pattern CHECK = Pattern.compile(
            "data-challenge=\"([^\"]+)\" data-seed=\"([^\"]+)\" data-puzzles=\"(\\d+)\" data-bits=\"(\\d+)\"");

    @BothEngines
    @DisplayName("S3-18 the login page asks for a check after three failures; whoever is only asked loses no try")
    void login(TestDatabase database, MutableClock clock) {
        try (TestServer server =
                TestServer.on(database, clock, "human-check.enabled", "true", "human-check.least-work", "10")) {
            Person.registered(server, EMAIL);
            Browser browser = new Browser(server);
            browser.open("/login");
            for (int i = 0; i < 3; i++) {
                assertThat(typed(browser, "wrong").status()).isEqualTo(401);
            }
            for (int i = 0; i < 6; i++) {
                Answer asked = browser.post("/login", Map.of("email", EMAIL, "password", Person.PASSWORD));
                assertThat(asked.status()).as("question " + i).isEqualTo(403);
                assertThat(asked.body()).contains("id=\"human-check\"", "value=\"" + EMAIL + "\"");
            }
            Answer right = typed(browser, Person.PASSWORD, solution(browser));
            assertThat(right.status()).as(right.body()).isEqualTo(303);
            assertThat(browser.signedIn()).isTrue();
        }
    }

    @BothEngines
    @DisplayName("S3-18 wrong answers to the check cost tries: the page then says to wait, and how to go on")
    void wrongAnswers(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(
                database,
                clock,
                "human-check.enabled",
                "true",
                "human-check.least-work",
                "10",
                "human-check.always",
                "login")) {
            Person.registered(server, EMAIL);
            Browser browser = new Browser(server);
            browser.open("/login");
            for (int i = 0; i < 5; i++) {
                assertThat(typed(browser, Person.PASSWORD, "not-an-answer").status())
                        .isEqualTo(403);
            }
            Answer limited = typed(browser, Person.PASSWORD, "not-an-answer");
            assertThat(limited.status()).isEqualTo(429);
            assertThat(limited.header("Retry-After")).isEqualTo("900");
            assertThat(limited.body()).contains("Wait 15 min", "id=\"onward\" class=\"button\" href=\"/login\"");
        }
    }

    private static Answer typed(Browser browser, String password) {
        return browser.post("/login", Map.of("email", EMAIL, "password", password));
    }

    private static Answer typed(Browser browser, String password, String answer) {
        Map<String, String> fields = new HashMap<>(Map.of("email", EMAIL, "password", password));
        fields.put("humanCheck", answer);
        return browser.post("/login", fields);
    }

    /** What the script does with what stands on the page. */
    private static String solution(Browser browser) {
        Matcher check = CHECK.matcher(browser.page().body());
        assertThat(check.find()).isTrue();
        return Solver.solve(
                check.group(1), check.group(2), Integer.parseInt(check.group(3)), Integer.parseInt(check.group(4)));
    }
}
