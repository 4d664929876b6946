package dev.latchkey.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.KnownSettings;
import dev.latchkey.boot.cli.CommandRunner;
import dev.latchkey.config.Setting;
import dev.latchkey.core.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name exists, and what must be named is. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path CODE = ROOT.resolve("server/src/main/java/dev/latchkey");

    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern CODE_SPAN = Pattern.compile("(?m)^```[a-z]*\\n([\\s\\S]*?)^```|`([^`\\n]+)`");
    private static final Pattern COMMAND = Pattern.compile("/latchkey ([a-z][a-z-]*(?: [a-z][a-z-]*)?)");
    private static final Pattern REPOSITORY_PATH =
            Pattern.compile("(?:server|docs|deploy)/[\\w./-]+|\\.ci/run|\\.env\\.example");
    private static final Pattern ENVIRONMENT_NAME = Pattern.compile("\\bLATCHKEY_[A-Z0-9_]+\\b");
    private static final Pattern METRIC = Pattern.compile("\\b(?:counter|gauge|latency)\\(\\s*\"(latchkey_[a-z_]+)\"");

    /** Read by the launcher and the loader, before there are settings. */
    private static final Set<String> OTHER_ENVIRONMENT_NAMES =
            Set.of("LATCHKEY_JAVA_HOME", "LATCHKEY_JAVA_OPTS", "LATCHKEY_CACHE", "LATCHKEY_CONFIG");

    private static final List<String> DECISION_PARTS = List.of("Context", "Decision", "Consequences", "Alternatives");

    private record Document(Path file, String text) {
        static Document read(Path file) {
            try {
                return new Document(file, Files.readString(file));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        String name() {
            return ROOT.relativize(file).toString();
        }

        Stream<String> codeSpans() {
            return CODE_SPAN.matcher(text).results().map(it -> it.group(1) == null ? it.group(2) : it.group(1));
        }

        Set<String> anchors() {
            return HEADING.matcher(text)
                    .results()
                    .map(it -> it.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} -]", "")
                            .replace(' ', '-'))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void thereAreDocuments() throws IOException {
        assertThat(documents()).extracting(Document::name).contains("README.md", "docs/api.md", "docs/config.md");
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Document document : documents()) {
            LINK.matcher(document.text())
                    .results()
                    .map(it -> it.group(1))
                    .filter(it -> !it.contains("://"))
                    .filter(it -> !leadsSomewhere(document, it))
                    .forEach(it -> dead.add(document.name() + " -> " + it));
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void everyCommandExists() throws IOException {
        ByteArrayOutputStream help = new ByteArrayOutputStream();
        new CommandRunner(new PrintStream(help, true, UTF_8), new PrintStream(OutputStream.nullOutputStream()))
                .run("help");
        List<String> verbs = Pattern.compile("(?m)^  latchkey (\\S+(?: [a-z]\\S*)?) ")
                .matcher(help.toString(UTF_8))
                .results()
                .map(it -> it.group(1))
                .toList();
        assertThat(verbs).contains("serve", "config check");
        assertThat(named(COMMAND, it -> it.group(1)))
                .allMatch(typed -> verbs.stream().anyMatch(verb -> (typed + " ").startsWith(verb + " ")));
    }

    @Test
    void everyFileThatIsNamedExists() throws IOException {
        assertThat(named(REPOSITORY_PATH, MatchResult::group))
                .filteredOn(it -> !it.contains("/target/"))
                .allMatch(it -> Files.exists(ROOT.resolve(it)));
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
        assertThat(named(ENVIRONMENT_NAME, MatchResult::group)).isSubsetOf(known);
    }

    @Test
    void everyErrorCodeIsExplained() {
        String page = Document.read(ROOT.resolve("docs/api.md")).text();
        assertThat(ErrorCode.values())
                .allSatisfy(code -> assertThat(page).contains("| `" + code + "` | " + code.status() + " | "));
    }

    @Test
    void everyMetricIsExplained() throws IOException {
        String page = Document.read(ROOT.resolve("docs/operations.md")).text();
        Set<String> metrics = new TreeSet<>();
        try (Stream<Path> files = Files.walk(CODE)) {
            files.filter(it -> it.toString().endsWith(".java"))
                    .forEach(it -> METRIC.matcher(Document.read(it).text())
                            .results()
                            .forEach(found -> metrics.add(found.group(1))));
        }
        assertThat(metrics).hasSizeGreaterThan(5).allMatch(it -> page.contains("| `" + it + "` | "));
    }

    @Test
    void everyPackageHasItsPlaceInTheArchitecture() throws IOException {
        String map = Document.read(ROOT.resolve("ARCHITECTURE.md")).text();
        try (Stream<Path> folders = Files.list(CODE)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(it -> it.getFileName().toString()))
                    .allMatch(it -> map.contains("`" + it + "`"));
        }
    }

    @Test
    void everyDecisionSaysWhyAndWhatElse() throws IOException {
        for (Document document : documents()) {
            if (document.file().getParent().endsWith("adr")) {
                assertThat(document.text())
                        .startsWith(
                                "# " + document.file().getFileName().toString().substring(0, 4));
                assertThat(HEADING.matcher(document.text()).results().skip(1).map(it -> it.group(1)))
                        .as(document.name())
                        .isEqualTo(DECISION_PARTS);
            }
        }
    }

    private static boolean leadsSomewhere(Document from, String link) {
        List<String> parts = Arrays.asList(link.split("#", 2));
        Path target = parts.getFirst().isEmpty()
                ? from.file()
                : from.file().resolveSibling(parts.getFirst()).normalize();
        return Files.exists(target)
                && (parts.size() == 1 || Document.read(target).anchors().contains(parts.getLast()));
    }

    private static Set<String> named(Pattern pattern, Function<MatchResult, String> part) throws IOException {
        return documents().stream()
                .flatMap(Document::codeSpans)
                .flatMap(span -> pattern.matcher(span).results().map(part))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Document> documents() throws IOException {
        try (Stream<Path> inRoot = Files.list(ROOT);
                Stream<Path> inDocs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(inRoot, inDocs)
                    .filter(it -> it.toString().endsWith(".md"))
                    .map(Document::read)
                    .toList();
        }
    }
}
