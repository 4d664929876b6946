package dev.latchkey.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Templates and code ask for sentences that there are, and every sentence is asked for. */
class TextUsageTest {
    private static final Path SOURCES = Path.of("src/main");
    private static final Pattern LITERAL = Pattern.compile("\"([a-zA-Z0-9_.-]+)\"");
    private static final Pattern ASKED =
            Pattern.compile("(?:view\\.text|pages\\.text|texts\\.get|texts\\(locale\\)\\.get)"
                    + "\\((?:[a-z.()]+,\\s*)?\"([a-zA-Z0-9_.-]+)\"[,)]");
    /** Names of constants that are keys, or the first part of keys. */
    private static final Pattern CONSTANT = Pattern.compile("\\b([A-Z][A-Z0-9_]{2,})\\b");

    @Test
    @DisplayName("no template and no code asks for a sentence that there is not")
    void askedFor() {
        List<String> missing = new ArrayList<>();
        int asked = 0;
        for (Path file : sources()) {
            Set<String> keys = keys(file);
            Matcher matcher = ASKED.matcher(text(file));
            while (matcher.find()) {
                asked++;
                if (!keys.contains(matcher.group(1))) {
                    missing.add(file + " asks for " + matcher.group(1));
                }
            }
        }
        assertThat(asked).as("the test reads what it is to read").isGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    @Test
    @DisplayName("there is no sentence that nobody asks for")
    void used() {
        Set<String> literals = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Path file : sources()) {
            String text = text(file);
            LITERAL.matcher(text).results().forEach(found -> literals.add(found.group(1)));
            CONSTANT.matcher(text)
                    .results()
                    .forEach(found -> names.add(found.group(1).toLowerCase(Locale.ROOT)));
        }
        List<String> unused = new ArrayList<>();
        for (String files : MessageFiles.ALL) {
            for (String key : MessageFiles.english(files).keySet()) {
                if (!isUsed(key, literals, names)) {
                    unused.add(files + " " + key);
                }
            }
        }
        assertThat(unused).isEmpty();
    }

    /** As it stands; as the name of a constant; or as a first part that code completes with a last one. */
    private static boolean isUsed(String key, Set<String> literals, Set<String> names) {
        if (literals.contains(key) || names.contains(key)) {
            return true;
        }
        for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
            String first = key.substring(0, dot);
            String last = key.substring(dot);
            boolean begun = literals.contains(first) || names.contains(first);
            if (literals.contains(first + ".") || (begun && literals.contains(last))) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> keys(Path file) {
        String name = file.toString();
        String files = name.contains("/mail/")
                ? "/dev/latchkey/mail/messages"
                : name.contains("/sms/") ? "/dev/latchkey/sms/messages" : "/dev/latchkey/page/messages";
        Set<String> keys = new HashSet<>(MessageFiles.english(files).keySet());
        if (name.endsWith("Times.java")) {
            keys.addAll(MessageFiles.english("/dev/latchkey/page/times").keySet());
        }
        if (name.endsWith(".jte")) {
            keys.addAll(MessageFiles.english("/dev/latchkey/page/messages").keySet());
        }
        return keys;
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".java") || file.toString().endsWith(".jte"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
