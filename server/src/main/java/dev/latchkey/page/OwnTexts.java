package dev.latchkey.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An operator's own sentences in the place of ours: a folder with files such as {@code pages_en.properties}, in UTF-8, a line for
 * each sentence.
 *
 * @param sentences by where ours are, then by language, then by key
 * @param problems what cannot be used, with its line
 */
public record OwnTexts(Map<String, Map<Language, Map<String, String>>> sentences, List<String> problems) {
    /** Where a kind of file's sentences are on the class path. */
    private static final Map<String, String> KINDS = Map.of(
            "pages", "/dev/latchkey/page/messages",
            "mails", "/dev/latchkey/mail/messages",
            "sms", "/dev/latchkey/sms/messages");

    static final OwnTexts NONE = new OwnTexts(Map.of(), List.of());

    public OwnTexts {
        sentences = Map.copyOf(sentences);
        problems = List.copyOf(problems);
    }

    /** The sentences of a language in the place of those in {@code files}. */
    Map<String, String> of(String files, Language language) {
        return sentences.getOrDefault(files, Map.of()).getOrDefault(language, Map.of());
    }

    static OwnTexts read(Path folder) {
        Reader reader = new Reader();
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted().forEach(reader::file);
        } catch (IOException e) {
            reader.problems.add(folder + " cannot be read: " + e.getMessage());
        }
        return new OwnTexts(reader.sentences, reader.problems);
    }

    private static final class Reader {
        private final Map<String, Map<Language, Map<String, String>>> sentences = new HashMap<>();
        private final List<String> problems = new ArrayList<>();

        void file(Path file) {
            String name = String.valueOf(file.getFileName());
            for (Map.Entry<String, String> kind : KINDS.entrySet()) {
                for (Language language : Language.values()) {
                    if (name.equals(kind.getKey() + "_" + language.tag() + ".properties")) {
                        sentences
                                .computeIfAbsent(kind.getValue(), any -> new HashMap<>())
                                .put(language, lines(file, Wording.resource(kind.getValue() + ".properties")));
                        return;
                    }
                }
            }
            problems.add(
                    file + ": no file is called that; the names are pages, mails or sms, then _ and a language, then"
                            + " .properties, such as pages_en.properties");
        }

        private Map<String, String> lines(Path file, Map<String, String> english) {
            Map<String, String> read = new HashMap<>();
            List<String> lines = List.of();
            try {
                lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                problems.add(file + ": cannot be read as UTF-8: " + e.getMessage());
            }
            for (int i = 0; i < lines.size(); i++) {
                line(file + ":" + (i + 1) + ": ", lines.get(i).strip(), english, read);
            }
            return read;
        }

        private void line(String where, String line, Map<String, String> english, Map<String, String> read) {
            if (line.isEmpty() || line.startsWith("#")) {
                return;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                problems.add(where + "write a key, then =, then the sentence");
                return;
            }
            String key = line.substring(0, equals).strip();
            String sentence = line.substring(equals + 1).strip().replace("\\n", "\n");
            String ours = english.get(key);
            if (ours == null) {
                problems.add(where + "no sentence is called " + key);
                return;
            }
            Set<String> unknown = new HashSet<>(Texts.placeholders(sentence));
            unknown.removeAll(Texts.placeholders(ours));
            unknown.removeAll(Set.of("app", "site"));
            if (!unknown.isEmpty()) {
                problems.add(where + key + " has no {" + String.join("}, {", unknown) + "}; ours is: " + ours);
            } else if (read.put(key, sentence) != null) {
                problems.add(where + key + " is there twice");
            }
        }
    }
}
