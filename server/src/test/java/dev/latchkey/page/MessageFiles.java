package dev.latchkey.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sentences that ship, read as the server reads them. */
final class MessageFiles {
    /** Every set of files, by its name on the class path without language and ending. */
    static final Set<String> ALL = new TreeSet<>(Set.of(
            "/dev/latchkey/page/messages",
            "/dev/latchkey/page/times",
            "/dev/latchkey/mail/messages",
            "/dev/latchkey/sms/messages"));

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");

    private MessageFiles() {}

    static Map<String, String> english(String files) {
        return new TreeMap<>(Wording.resource(files + ".properties"));
    }

    static Map<String, String> in(String files, Language language) {
        return new TreeMap<>(Wording.resource(name(files, language)));
    }

    static String name(String files, Language language) {
        return files + (language == Language.ENGLISH ? "" : "_" + language.tag()) + ".properties";
    }

    static Stream<String> lines(String file) throws IOException {
        try (InputStream in = Optional.ofNullable(MessageFiles.class.getResourceAsStream(file))
                .orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }

    static Set<String> placeholders(String sentence) {
        return PLACEHOLDER
                .matcher(sentence)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    static Stream<Language> translations() {
        return Stream.of(Language.values()).filter(language -> language != Language.ENGLISH);
    }
}
