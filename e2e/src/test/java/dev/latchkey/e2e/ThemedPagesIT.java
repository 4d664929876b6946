package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.latchkey.e2e.WorldExtension.Cast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that look and speak like an operator's own, by configuration alone. */
@ExtendWith(WorldExtension.class)
class ThemedPagesIT {
    private static final String LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 32">
            <rect width="120" height="32" rx="4" fill="#7a1fa2"/>
            <circle cx="16" cy="16" r="9" fill="#fff"/><path d="M34 10h70v4H34zm0 9h46v4H34z" fill="#fff"/>
            </svg>
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S4-05 S4-06 pages with an operator's logo, colours, shape, links and texts keep WCAG 2.2 AA")
    void themed(Look look, Cast cast) throws IOException {
        try (ServerProcess acme = new ServerProcess("themed", theme())) {
            Visitor visitor = cast.visitor(look);
            Gallery gallery = new Gallery(visitor);
            visitor.open(acme.origin() + "/login");
            if (look.language().startsWith("en")) {
                visitor.seesTitle("Welcome to Acme");
            }
            PlaywrightAssertions.assertThat(visitor.page().locator("#foot-links a"))
                    .hasCount(3);
            PlaywrightAssertions.assertThat(visitor.page().locator("#submit"))
                    .hasCSS("background-color", "rgb(122, 31, 162)");
            assertThat((Integer) visitor.page().evaluate("() => document.querySelector('.site img').naturalWidth"))
                    .isPositive();
            gallery.keep("themed-login");
            visitor.type("email", "ada@example.com").type("password", "wrong").press("submit");
            gallery.keep("themed-login-refused");
            visitor.open(acme.origin() + "/signup").type("email", "ada@example.com");
            visitor.type("password", Account.PASSWORD).press("submit").at("/account");
            gallery.keep("themed-account");
            visitor.open(acme.origin() + "/account/delete");
            gallery.keep("themed-account-delete");
            assertThat(gallery.violations()).isEmpty();
        }
    }

    private Map<String, String> theme() throws IOException {
        Path logo = Files.writeString(folder.resolve("acme.svg"), LOGO);
        Path texts = Files.createDirectories(folder.resolve("texts"));
        Files.writeString(texts.resolve("pages_en.properties"), "login.title=Welcome to {app}\n");
        Map<String, String> settings = new HashMap<>(Installed.plain());
        settings.put("LATCHKEY_APP_NAME", "Acme");
        settings.put("LATCHKEY_THEME_VERSION", "1");
        settings.put("LATCHKEY_THEME_LOGO", logo.toString());
        settings.put("LATCHKEY_THEME_LIGHT_ACCENT", "#7a1fa2");
        settings.put("LATCHKEY_THEME_LIGHT_BACKGROUND", "#f6f0fa");
        settings.put("LATCHKEY_THEME_DARK_ACCENT", "#d9a7ee");
        settings.put("LATCHKEY_THEME_DARK_ON_ACCENT", "#2b0a3a");
        settings.put("LATCHKEY_THEME_DARK_BACKGROUND", "#150c1a");
        settings.put("LATCHKEY_THEME_DARK_CARD", "#211428");
        settings.put("LATCHKEY_THEME_RADIUS", "2");
        settings.put("LATCHKEY_THEME_FONT", "Georgia, serif");
        settings.put("LATCHKEY_THEME_TEXTS", texts.toString());
        settings.put("LATCHKEY_THEME_LINKS_TERMS", "https://acme.example/terms");
        settings.put("LATCHKEY_THEME_LINKS_PRIVACY", "https://acme.example/privacy");
        settings.put("LATCHKEY_THEME_LINKS_SUPPORT", "mailto:help@acme.example");
        return settings;
    }
}
