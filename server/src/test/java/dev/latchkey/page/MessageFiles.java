package dev.latchkey.page;

import java.util.Map;
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
        return language == Language.ENGLISH
                ? english(files)
                : new TreeMap<>(Wording.resource(files + "_" + language.tag() + ".properties"));
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
