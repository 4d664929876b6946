package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.TestServer;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

class ThemedPagesTest {
    private static final Pattern THEME = Pattern.compile("href=\"(/assets/[0-9a-f]{12}/theme\\.css)\"");
    private static final Pattern LOGO = Pattern.compile("src=\"(/assets/[0-9a-f]{12}/logo\\.svg)\"");

    @TempDir
    private Path folder;

    @BothEngines
    @DisplayName("a theme's colours, logo and links are on every page, without inline style; a logo can run nothing")
    void themed(TestDatabase database, MutableClock clock) throws IOException {
        Path logo = Files.writeString(
                folder.resolve("logo.svg"),
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
        try (TestServer server = TestServer.on(
                database,
                clock,
                "theme.version",
                "1",
                "theme.light.accent",
                "#7a1fa2",
                "theme.logo",
                logo.toString(),
                "theme.links.terms",
                "https://example.com/terms",
                "theme.links.support",
                "mailto:help@example.com")) {
            Answer page = server.client().get("/login");
            assertThat(page.body())
                    .contains("href=\"https://example.com/terms\">Terms of use<", "href=\"mailto:help@example.com\"")
                    .doesNotContain(" style=", "<style", "Privacy policy");
            Answer css = server.client().get(found(THEME, page.body()));
            assertThat(css.header("Content-Type")).isEqualTo("text/css; charset=utf-8");
            assertThat(css.header("Cache-Control")).contains("immutable");
            assertThat(css.body()).startsWith(":root{--accent:#7a1fa2;");

            Answer picture = server.client().get(found(LOGO, page.body()));
            assertThat(picture.header("Content-Type")).isEqualTo("image/svg+xml");
            assertThat(picture.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
            assertThat(picture.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(server.client().get("/assets/000000000000/theme.css").header("Cache-Control"))
                    .isEqualTo("no-store");
            assertThat(server.client().get("/nowhere").body()).contains("theme.css");
        }
    }

    @BothEngines
    @DisplayName("a theme that cannot be used does not start")
    void refused(TestDatabase database, MutableClock clock) {
        assertThatThrownBy(() -> TestServer.on(
                        database, clock, "theme.light.text", "#eeeeee", "theme.logo", "/nowhere/logo.svg"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("theme.light.text (#eeeeee) is too near to theme.light.card")
                .hasMessageContaining("theme.logo names /nowhere/logo.svg, which cannot be read");
        assertThatThrownBy(() -> TestServer.on(database, clock, "theme.version", "2", "theme.light.text", "red"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("theme.version")
                .hasMessageContaining("must be a colour such as #1d4ed8");
        assertThatThrownBy(() -> TestServer.on(
                        database, clock, "theme.links.terms", "javascript:alert(1)", "theme.font", "x;} body{"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must begin with https:// or mailto:")
                .hasMessageContaining("must be names of fonts");
    }

    private static String found(Pattern pattern, String html) {
        Matcher matcher = pattern.matcher(html);
        assertThat(matcher.find()).as(html).isTrue();
        return matcher.group(1);
    }
}
