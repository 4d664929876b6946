package dev.latchkey.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThemeTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

    @TempDir
    private Path folder;

    @Test
    @DisplayName("version 1 of the contract: these tokens, and no other, set these properties")
    void contract() {
        assertThat(ThemeConfig.settings().stream().map(setting -> setting.key()))
                .containsExactlyInAnyOrder(
                        "theme.version",
                        "theme.logo",
                        "theme.light.accent",
                        "theme.light.on-accent",
                        "theme.light.background",
                        "theme.light.card",
                        "theme.light.text",
                        "theme.light.muted",
                        "theme.light.line",
                        "theme.light.danger",
                        "theme.dark.accent",
                        "theme.dark.on-accent",
                        "theme.dark.background",
                        "theme.dark.card",
                        "theme.dark.text",
                        "theme.dark.muted",
                        "theme.dark.line",
                        "theme.dark.danger",
                        "theme.radius",
                        "theme.font",
                        "theme.links.terms",
                        "theme.links.privacy",
                        "theme.links.support");
        PageConfig config =
                with("theme.light.accent", "#7a1fa2", "theme.radius", "2", "theme.font", "\"Inter\", serif");
        assertThat(config.problems()).isEmpty();
        assertThat(css(config))
                .contains(":root{--accent:#7a1fa2;", "--page:#f4f5f7;", "--radius:2px;", "--font:\"Inter\", serif;")
                .contains("--on-accent:", "--card:", "--text:", "--muted:", "--line:", "--danger:")
                .contains("--accent-strong:", "--danger-strong:", "--danger-soft:")
                .contains("@media (prefers-color-scheme:dark){:root{--accent:#8fb4ff;");
    }

    @Test
    @DisplayName("the usual colours are those of the stylesheet, and can be read")
    void usual() throws IOException {
        String css = resource("latchkey.css");
        int dark = css.indexOf("prefers-color-scheme: dark");
        for (ThemeColour colour : ThemeColour.values()) {
            assertThat(css.substring(0, dark)).contains(colour.property() + ": " + colour.usual(false) + ";");
            assertThat(css.substring(dark)).contains(colour.property() + ": " + colour.usual(true) + ";");
        }
        assertThat(Palette.LIGHT.problems("light")).isEmpty();
        assertThat(Palette.DARK.problems("dark")).isEmpty();
        assertThat(with().theme().stylesheet())
                .as("nothing set, nothing served")
                .isEmpty();
    }

    @Test
    @DisplayName("WCAG 2.2 1.4.3: a theme that cannot be read is refused, with the figure")
    void contrast() {
        assertThat(Colour.of("#000000").contrast(Colour.of("#ffffff"))).isEqualTo(21);
        assertThat(with("theme.light.accent", "#ffcc00").problems())
                .contains(
                        "theme.light.accent (#ffcc00) is too near to theme.light.card (#ffffff): the contrast is 1.51 and"
                                + " must be 4.5 at least")
                .anySatisfy(problem -> assertThat(problem).startsWith("theme.light.on-accent"));
        assertThat(with("theme.dark.line", "#1b2029").problems())
                .singleElement()
                .asString()
                .contains("must be 3.0 at least");
    }

    @Test
    @DisplayName("a logo is what its content says")
    void logo() throws IOException {
        assertThat(file(with("theme.logo", write("a.txt", PNG)))).isEqualTo("logo.png");
        String svg = "<?xml version=\"1.0\"?>\n<!-- c --><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        assertThat(file(with("theme.logo", write("b", svg.getBytes(StandardCharsets.UTF_8)))))
                .isEqualTo("logo.svg");
        for (String other : List.of("<html></html>", "", "GIF89a", "<!DOCTYPE svg SYSTEM \"x\"><svg/>", "<?xml")) {
            String path = write("c.svg", other.getBytes(StandardCharsets.UTF_8));
            assertThat(with("theme.logo", path).problems())
                    .as(other)
                    .containsExactly("theme.logo must name an SVG or PNG file; " + path + " is neither");
        }
        assertThat(with("theme.logo", write("d.png", new byte[256 * 1024 + 1])).problems())
                .singleElement()
                .asString()
                .contains("256 KiB");
        assertThat(with("theme.logo", folder.resolve("missing.svg").toString()).problems())
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    @DisplayName("own texts take the place of ours; what does not fit is refused with its line")
    void ownTexts() throws IOException {
        write("pages_en.properties", "# ours\nlogin.title = Hello at {app}\n".getBytes(StandardCharsets.UTF_8));
        write("mails_fr.properties", "verify_email.subject=Bonjour".getBytes(StandardCharsets.UTF_8));
        PageConfig config = with("theme.texts", folder.toString(), "app.name", "Acme");
        assertThat(config.problems()).isEmpty();
        Pages pages = new Pages(config);
        assertThat(pages.text(Locale.ENGLISH, "login.title", Map.of())).isEqualTo("Hello at Acme");
        assertThat(pages.text(Locale.ENGLISH, "login.submit", Map.of())).isEqualTo("Sign in");
        assertThat(pages.text(Locale.GERMAN, "login.title", Map.of())).isEqualTo("Anmelden");

        String path = write(
                "pages_de.properties",
                "login.titel=x\n\nlogin.title=Hallo {name}\nno sentence\nback=a\nback=b\n"
                        .getBytes(StandardCharsets.UTF_8));
        write("seiten_de.properties", new byte[0]);
        write("sms_en.properties", new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(with("theme.texts", folder.toString()).problems())
                .contains(
                        "theme.texts: " + path + ":1: no sentence is called login.titel",
                        "theme.texts: " + path + ":3: login.title has no {name}; ours is: Sign in",
                        "theme.texts: " + path + ":4: write a key, then =, then the sentence",
                        "theme.texts: " + path + ":6: back is there twice")
                .anySatisfy(problem -> assertThat(problem).contains("seiten_de.properties: no file is called that"))
                .anySatisfy(problem -> assertThat(problem).contains("sms_en.properties: cannot be read as UTF-8"));
        assertThat(with("theme.texts", folder.resolve("nowhere").toString()).problems())
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    private static String file(PageConfig config) {
        assertThat(config.problems()).isEmpty();
        return config.theme().logo().orElseThrow().fileName();
    }

    private static String css(PageConfig config) {
        ThemeAsset asset = config.theme().stylesheet().orElseThrow();
        return new String(asset.content(), StandardCharsets.UTF_8);
    }

    private String write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    private static PageConfig with(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        Settings read =
                new SettingsLoader(PageConfig.settings()).overrides(values).load();
        return PageConfig.from(read);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                Optional.ofNullable(ThemeTest.class.getResourceAsStream(name)).orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
