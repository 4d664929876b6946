package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import org.junit.jupiter.api.DisplayName;

class StartPageTest {
    @BothEngines
    @DisplayName("the address that a start prints opens a page; in production it leads to nothing that is not there")
    void startPage(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Answer page = server.client().get("/");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.body()).contains("href=\"/api/docs\"", "href=\"/dev/mail\"");
        }
        try (TestServer server = TestServer.on(database, clock, "server.public-url", "https://login.example.com")) {
            Answer page = server.client().get("/");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("id=\"message\"").doesNotContain("/api/docs", "/dev/mail");
        }
    }
}
