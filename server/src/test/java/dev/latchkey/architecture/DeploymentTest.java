package dev.latchkey.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.EventType;
import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.KnownSettings;
import dev.latchkey.boot.cli.CommandRunner;
import dev.latchkey.config.Setting;
import dev.latchkey.config.SettingsLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the files for deployment name exists: settings, metrics, events, commands. {@code deploy/check} looks at their form. */
class DeploymentTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DEPLOY = ROOT.resolve("deploy");

    private static final Pattern METRIC = Pattern.compile("\\b(?:latchkey|jvm|process)_[a-z_]+\\b");
    private static final Pattern REGISTERED =
            Pattern.compile("\\b(?:counter|gauge|latency)\\(\\s*\"((?:latchkey|jvm|process)_[a-z_]+)\"");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("\\bLATCHKEY_[A-Z0-9_]+\\b");
    private static final Pattern EVENT = Pattern.compile("name=\\\\?\"([a-z.-]+\\.v\\d+)\\\\?\"");
    private static final Pattern COMMAND = Pattern.compile("\\blatchkey ([a-z][a-z-]*(?: [a-z][a-z-]*)?)\\)");

    /** The lines of the unit that a command must run under, too. */
    private static final Pattern SHARED = Pattern.compile(
            "(User|Group|StateDirectory|StateDirectoryMode|WorkingDirectory|Environment|EnvironmentFile)=.*");

    private static final Pattern OK = Pattern.compile("^ok +(.+)$", Pattern.MULTILINE);
    private static final Pattern SKIPPED = Pattern.compile("^skipped +(.+) \\(for want of (.+)\\)$", Pattern.MULTILINE);
    private static final Set<String> CHECKS = Set.of(
            "shell scripts parse",
            "shell scripts",
            "systemd units",
            "systemd units are confined",
            "YAML and JSON",
            "compose file",
            "Dockerfile",
            "Helm chart",
            "HAProxy configuration",
            "nginx configuration",
            "alert rules and their tests");

    /** Read by the launcher and the loader, before there are settings. */
    private static final Set<String> OTHER_ENVIRONMENT_NAMES =
            Set.of("LATCHKEY_JAVA_OPTS", "LATCHKEY_JAVA_HOME", "LATCHKEY_CACHE", "LATCHKEY_CONFIG");

    @Test
    void everyMetricIsMeasured() throws IOException {
        Set<String> registered = new TreeSet<>();
        try (Stream<Path> code = Files.walk(ROOT.resolve("server/src/main/java"))) {
            code.filter(it -> it.toString().endsWith(".java"))
                    .forEach(it ->
                            REGISTERED.matcher(text(it)).results().forEach(found -> registered.add(found.group(1))));
        }
        Set<String> named = named(METRIC, "prometheus", "grafana").stream()
                .map(it -> it.replaceAll("_(bucket|sum|count)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(15).isSubsetOf(registered);
    }

    @Test
    void everyEventIsAudited() throws IOException {
        Set<String> events =
                Arrays.stream(EventType.values()).map(EventType::eventName).collect(Collectors.toSet());
        Set<String> named = new TreeSet<>();
        for (Path file : files("prometheus", "grafana")) {
            EVENT.matcher(text(file)).results().forEach(found -> named.add(found.group(1)));
        }
        assertThat(named).isNotEmpty().isSubsetOf(events);
    }

    @Test
    void everyEnvironmentVariableIsASetting() throws IOException {
        Set<String> known = new TreeSet<>(OTHER_ENVIRONMENT_NAMES);
        for (Setting<?> setting : KnownSettings.all()) {
            known.add(setting.environmentName());
            known.addAll(setting.aliases());
            if (setting.isSecret()) {
                known.add(setting.environmentName() + "_FILE");
            }
        }
        assertThat(named(ENVIRONMENT_NAME, "")).hasSizeGreaterThan(10).isSubsetOf(known);
    }

    @Test
    void everyCommandExists() throws IOException {
        ByteArrayOutputStream help = new ByteArrayOutputStream();
        new CommandRunner(new PrintStream(help, true, UTF_8), new PrintStream(OutputStream.nullOutputStream()))
                .run("help");
        for (Path file : files("prometheus")) {
            COMMAND.matcher(text(file))
                    .results()
                    .forEach(found -> assertThat(help.toString(UTF_8)).contains("  latchkey " + found.group(1) + " "));
        }
    }

    @Test
    void theExampleConfigurationIsOne() {
        Configuration configuration = Configuration.from(
                new SettingsLoader(KnownSettings.all())
                        .file(DEPLOY.resolve("latchkey.example.yaml"))
                        .overrides(Map.of("mail.smtp.password", "x"))
                        .load(),
                Map.of());
        assertThat(configuration.http().trustedProxies()).hasSize(1);
    }

    @Test
    void theDashboardHasPanelsThatAskSomething() {
        JsonNode dashboard = JsonMapper.shared().readTree(text(DEPLOY.resolve("grafana/latchkey.json")));
        for (JsonNode panel : dashboard.get("panels")) {
            if (!panel.get("type").asString().equals("row")) {
                assertThat(panel.get("targets"))
                        .as(panel.get("title").asString())
                        .isNotEmpty()
                        .allSatisfy(target ->
                                assertThat(target.get("expr").asString()).contains("$instance"));
            }
        }
    }

    @Test
    @DisplayName("the unit goes on trying while the database is away, and lets password hashing lower its priority")
    void theUnitAllowsWhatTheServerDoes() {
        List<String> lines =
                text(DEPLOY.resolve("systemd/latchkey.service")).lines().toList();
        assertThat(lines).contains("StartLimitIntervalSec=0", "RestartSec=5");
        // A later line adds to or takes from what those before it left.
        assertThat(lines.indexOf("SystemCallFilter=setpriority nice"))
                .isGreaterThan(lines.indexOf("SystemCallFilter=~@privileged @resources"));
    }

    @Test
    @DisplayName(
            "commands and backups have the user, the folders, the settings and the secrets that the server's unit has")
    void commandsRunAsTheServerDoes() {
        List<String> shared = text(DEPLOY.resolve("systemd/latchkey.service"))
                .lines()
                .filter(SHARED.asMatchPredicate())
                .toList();
        assertThat(shared).hasSize(8);
        List<String> command = text(DEPLOY.resolve("systemd/latchkey-admin"))
                .lines()
                .map(line -> line.replaceFirst(" *--property=(.*) \\\\$", "$1"))
                .toList();
        assertThat(command).containsAll(shared);
        // A folder of its own comes after the server's.
        List<String> backup = text(DEPLOY.resolve("systemd/latchkey-backup.service"))
                .lines()
                .map(line -> line.replaceFirst("^(StateDirectory=\\S+) .*", "$1"))
                .toList();
        assertThat(backup).containsAll(shared);
    }

    @Test
    void versionsAgree() {
        String pom = text(ROOT.resolve("pom.xml"));
        String version = pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>"));
        String chart = text(DEPLOY.resolve("helm/latchkey/Chart.yaml"));
        assertThat(chart).contains("\nversion: " + version + "\n").contains("\nappVersion: " + version + "\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @DisplayName("deploy/check makes every check whose tool is here, and says which it leaves out for want of what")
    void theirFormIsRightAsFarAsTheToolsHereCanTell() throws IOException, InterruptedException {
        Process check = new ProcessBuilder(DEPLOY.resolve("check").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), UTF_8);
        assertThat(check.waitFor()).as(said).isZero();

        Map<String, String> leftOut = SKIPPED.matcher(said)
                .results()
                .collect(Collectors.toMap(skipped -> skipped.group(1), skipped -> skipped.group(2)));
        Set<String> made = OK.matcher(said).results().map(ok -> ok.group(1)).collect(Collectors.toSet());
        made.addAll(leftOut.keySet());
        assertThat(made).as(said).isEqualTo(CHECKS);
        assertThat(leftOut.values()).as(said).noneMatch(DeploymentTest::isHere);
        leftOut.forEach((title, tool) -> System.out.println("deploy/check skipped " + title + ", for want of " + tool));
    }

    private static boolean isHere(String wanted) {
        return wanted.equals("python3 with yaml")
                ? ends("python3", "-c", "import yaml")
                : Arrays.stream(wanted.split(" or ")).anyMatch(tool -> ends("sh", "-c", "command -v " + tool));
    }

    /** Whether the command is there and ends well. */
    private static boolean ends(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private static Set<String> named(Pattern pattern, String... folders) throws IOException {
        return files(folders).stream()
                .flatMap(it -> pattern.matcher(text(it)).results().map(MatchResult::group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Path> files(String... folders) throws IOException {
        Set<Path> files = new TreeSet<>();
        for (String folder : folders) {
            try (Stream<Path> found = Files.walk(DEPLOY.resolve(folder))) {
                found.filter(Files::isRegularFile)
                        .filter(it -> !it.toString().contains("secrets.d"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
