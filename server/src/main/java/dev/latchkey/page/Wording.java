package dev.latchkey.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All sentences of one kind. English stands in {@code messages.properties}; another language in a file beside it, such as
 * {@code messages_de.properties} (both UTF-8). A language is read when somebody asks for it.
 */
public final class Wording {
    private final String files;
    private final Map<String, String> common;
    private final Languages languages;
    private final OwnTexts own;
    // Worked out on first use, and by whoever comes first: twice is harmless.
    private final Map<Language, Texts> read = new ConcurrentHashMap<>();

    /**
     * @param files where the message files are on the class path, without {@code .properties}, such as {@code
     *     /dev/latchkey/page/messages}
     * @param common values that every sentence may name
     */
    public Wording(String files, Map<String, String> common, PageConfig config) {
        this(files, common, config.languages(), config.ownTexts());
    }

    Wording(String files, Map<String, String> common, Languages languages, OwnTexts own) {
        this.files = files;
        this.common = Map.copyOf(common);
        this.languages = languages;
        this.own = own;
    }

    /** The sentences in the best language for a reader. */
    public Texts in(Locale wished) {
        Language language = languages.best(wished);
        Texts known = read.get(language);
        if (known == null) {
            known = new Texts(language, sentences(language), common);
            read.put(language, known);
        }
        return known;
    }

    private Map<String, String> sentences(Language language) {
        Map<String, String> all = new HashMap<>(resource(files + ".properties"));
        if (language != Language.ENGLISH) {
            all.putAll(resource(files + "_" + language.tag() + ".properties"));
        }
        all.putAll(own.of(files, language));
        return all;
    }

    static Map<String, String> resource(String name) {
        try (InputStream in = Wording.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name + ": build it again");
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> read(Reader file) throws IOException {
        Properties properties = new Properties();
        properties.load(file);
        Map<String, String> sentences = new HashMap<>();
        properties.forEach((key, sentence) -> sentences.put((String) key, (String) sentence));
        return sentences;
    }
}
