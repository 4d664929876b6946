package dev.latchkey.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
    private static final Setting<Integer> PORT = Setting.integer("port", 3001, 0, 65535, "Where to listen.");
    private static final Setting<Duration> ACCESS = Setting.duration(
                    "token.access-ttl", Duration.ofMinutes(15), "Life of an access token.")
            .alias("JWT_EXPIRES_IN")
            .check(ttl -> ttl.compareTo(Duration.ofDays(1)) <= 0, "must be at most 1d");
    private static final Setting<String> MASTER = Setting.secret("master-key", "The master key.");
    private static final Setting<List<String>> ORIGINS =
            Setting.list("cors.origins", List.of(), "Origins.").alias("FRONTEND_URL");
    private static final Setting<Boolean> LIMITS = Setting.flag("limits.enabled", true, "Rate limits.");
    private static final Setting<Profile> MODE = Setting.choice("mode", Profile.DEVELOPMENT, "A choice.");
    private static final Setting<DataSize> BODY = Setting.size("http.max-body", DataSize.ofMebibytes(1), "Body.");
    private static final List<Setting<?>> KNOWN = List.of(PORT, ACCESS, MASTER, ORIGINS, LIMITS, MODE, BODY);

    @TempDir
    Path folder;

    @Test
    void unsetSettingsHaveTheirDefaults() {
        Settings settings = loader().load();
        assertThat(settings.get(PORT)).isEqualTo(3001);
        assertThat(settings.isSet(PORT)).isFalse();
        assertThat(settings.entry(ACCESS)).hasToString("token.access-ttl=15m (default)");
    }

    @Test
    void commandLineBeatsEnvironmentBeatsFile() throws IOException {
        Path file = file("version: 1\nport: 1\ntoken:\n  access-ttl: 1m\nlimits:\n  enabled: off\n");
        Settings settings = loader().file(file)
                .environment(Map.of("LATCHKEY_PORT", "2", "LATCHKEY_TOKEN_ACCESS_TTL", "2m"))
                .overrides(Map.of("port", "3"))
                .load();
        assertThat(settings.get(PORT)).isEqualTo(3);
        assertThat(settings.get(ACCESS)).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.get(LIMITS)).isFalse();
        assertThat(settings.entry(PORT).source()).isEqualTo("command line");
        assertThat(settings.entry(ACCESS).source()).isEqualTo("environment LATCHKEY_TOKEN_ACCESS_TTL");
        assertThat(settings.entry(LIMITS).source()).isEqualTo(file + " line 6");
    }

    @Test
    @DisplayName("S2-11 a source document's name is an alias, and the own name wins")
    void aliases() {
        assertThat(loader().environment(Map.of("JWT_EXPIRES_IN", "7h")).load().get(ACCESS))
                .isEqualTo(Duration.ofHours(7));
        assertThat(loader().environment(Map.of("JWT_EXPIRES_IN", "7h", "LATCHKEY_TOKEN_ACCESS_TTL", "1h"))
                        .load()
                        .get(ACCESS))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void listsAreYamlListsOrCommaSeparated() throws IOException {
        Path file = file("version: 1\ncors:\n  origins:\n    - https://a.example\n    - 'https://b.example'\n");
        assertThat(loader().file(file).load().get(ORIGINS)).containsExactly("https://a.example", "https://b.example");
        assertThat(loader().environment(Map.of("FRONTEND_URL", "https://a.example, https://b.example"))
                        .load()
                        .get(ORIGINS))
                .containsExactly("https://a.example", "https://b.example");
    }

    @Test
    void everyProblemIsReportedTogether() throws IOException {
        Path file = file("version: 1\nport: 70000\nlimits:\n  enabeld: false\nhttp.max-body: 5\n");
        assertThat(problems(loader().file(file)
                        .environment(Map.of("LATCHKEY_MODE", "staging", "LATCHKEY_PROT", "1", "JWT_EXPIRES_IN", "2d"))
                        .overrides(Map.of("toekn.access-ttl", "1m"))))
                .containsExactlyInAnyOrder(
                        "port (" + file + " line 2) must be a whole number from 0 to 65535",
                        "limits.enabeld (" + file + " line 4) is not a known key; did you mean limits.enabled?",
                        "http.max-body (" + file + " line 5) must be a whole number with a unit, such as 64KiB or 1MiB",
                        "mode (environment LATCHKEY_MODE) must be one of development, production",
                        "LATCHKEY_PROT (environment) is not a known key; did you mean LATCHKEY_PORT?",
                        "token.access-ttl (environment JWT_EXPIRES_IN) must be at most 1d",
                        "toekn.access-ttl (command line) is not a known key; did you mean token.access-ttl?");
    }

    @Test
    void whatContainerPlatformsInjectIsIgnored() {
        Settings settings = loader().environment(Map.of(
                        "LATCHKEY_PORT", "tcp://10.0.0.1:80",
                        "LATCHKEY_SERVICE_HOST", "10.0.0.1",
                        "LATCHKEY_SERVICE_PORT_HTTP", "80",
                        "LATCHKEY_PORT_80_TCP_ADDR", "10.0.0.1",
                        "LATCHKEY_MODE", ""))
                .load();
        assertThat(settings.get(PORT)).isEqualTo(3001);
        assertThat(settings.get(MODE)).isEqualTo(Profile.DEVELOPMENT);
    }

    @Test
    void aSecretMayComeFromAFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("key"), "from a file\n");
        Settings settings = loader().environment(Map.of("LATCHKEY_MASTER_KEY_FILE", secret.toString()))
                .load();
        assertThat(settings.get(MASTER)).isEqualTo("from a file");
        assertThat(settings.entry(MASTER).toString())
                .doesNotContain("from a file")
                .contains("********");
        assertThat(problems(loader().environment(Map.of("LATCHKEY_MASTER_KEY_FILE", "x", "LATCHKEY_MASTER_KEY", "y"))))
                .singleElement()
                .asString()
                .contains("is given twice");
        assertThat(problems(loader().environment(Map.of("LATCHKEY_MASTER_KEY_FILE", "/nowhere/at/all"))))
                .singleElement()
                .asString()
                .contains("cannot be read");
    }

    @Test
    void yamlThatMeansMoreThanItShowsIsRefused() throws IOException {
        assertThat(problems(loader().file(file("version: 1\nport: 1\nport: 2\n"))))
                .singleElement()
                .asString()
                .contains("line 3 gives port again; line 2");
        assertThat(problems(loader().file(file("version: 1\nlimits.enabled: on\nlimits:\n  enabled: off\n"))))
                .singleElement()
                .asString()
                .contains("again");
        assertThat(problems(loader().file(file("version: 1\nport: &p 1\nmode: *p\n"))))
                .hasSize(2);
        assertThat(problems(loader().file(file("version: 1\nport: !!int 1\n"))))
                .singleElement()
                .asString()
                .contains("uses a tag");
        assertThat(problems(loader().file(file("version: 2\n"))))
                .singleElement()
                .asString()
                .contains("is of version 2");
        assertThat(problems(loader().file(file("port: 1\n"))))
                .singleElement()
                .asString()
                .contains("version: 1");
        assertThat(problems(loader().file(file("- a\n- b\n")))).isNotEmpty();
        assertThat(problems(loader().file(file("version: 1\nport: [1\n"))))
                .singleElement()
                .asString()
                .contains("is not valid YAML");
        assertThat(problems(loader().file(file("version: 1\n---\nport: 1\n")))).isNotEmpty();
    }

    @Test
    void aFileAskedForByNameMustExistAndTheUsualOneNeedNot() {
        Path missing = folder.resolve("missing.yaml");
        assertThat(problems(loader().file(missing))).containsExactly(missing + " does not exist");
        assertThat(loader().fileIfExists(missing).load().get(PORT)).isEqualTo(3001);
    }

    @Test
    void valuesAreNotReinterpretedByYaml() throws IOException {
        Setting<String> text = Setting.text("name", "", "A text.");
        Path file = file("version: 1\nname: 010\n");
        assertThat(new SettingsLoader(List.of(text)).file(file).load().get(text))
                .isEqualTo("010");
    }

    private static SettingsLoader loader() {
        return new SettingsLoader(KNOWN);
    }

    private static List<String> problems(SettingsLoader loader) {
        return catchThrowableOfType(SettingsException.class, loader::load).problems();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("latchkey.yaml"), text);
    }
}
