package dev.latchkey.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every sentence in every language, and nothing besides. */
class TranslationTest {
    /** Where the word of a language happens to be the English one, or there is nothing to translate. */
    private static final Set<String> SAME = Set.of(
            "page/messages app",
            "page/times_de first",
            "page/times_es first",
            "page/times_ja first",
            "page/times_ar first",
            "page/messages_de account.rename.name",
            "page/messages_de account_security.passkeys",
            "page/messages_de passkey.unnamed",
            "mail/messages_de fact.factorName",
            "mail/messages_de factor.passkey");

    @Test
    @DisplayName("every sentence is there in every language, and no language has one too many")
    void complete() {
        List<String> gaps = new ArrayList<>();
        for (String files : MessageFiles.ALL) {
            Map<String, String> english = MessageFiles.english(files);
            MessageFiles.translations().forEach(language -> {
                Map<String, String> translated = MessageFiles.in(files, language);
                english.keySet().stream()
                        .filter(key -> !translated.containsKey(key))
                        .forEach(key -> gaps.add(files + "_" + language.tag() + " lacks " + key));
                translated.keySet().stream()
                        .filter(key -> !english.containsKey(key))
                        .forEach(key -> gaps.add(files + "_" + language.tag() + " has no use for " + key));
            });
        }
        assertThat(gaps).isEmpty();
    }

    @Test
    @DisplayName("no file says the same thing twice")
    void once() throws IOException {
        for (String files : MessageFiles.ALL) {
            for (Language language : Language.values()) {
                String file = MessageFiles.name(files, language);
                assertThat(MessageFiles.lines(file)
                                .filter(line -> !line.startsWith("#") && line.contains("="))
                                .map(line -> line.substring(0, line.indexOf('='))))
                        .as(file)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    @DisplayName("a translation names what the English sentence names")
    void placeholders() {
        each((where, english, translated) -> assertThat(MessageFiles.placeholders(translated))
                .as(where)
                .isEqualTo(MessageFiles.placeholders(english)));
    }

    @Test
    @DisplayName("no sentence was left in English")
    void translated() {
        each((where, english, translated) -> {
            boolean same = SAME.contains(where) || SAME.contains(where.replaceFirst("_[a-z]{2} ", " "));
            if (!same && !english.isEmpty()) {
                assertThat(translated).as(where).isNotBlank().isNotEqualTo(english);
            }
        });
    }

    @Test
    @DisplayName("a sentence is empty in all languages or in none")
    void emptiness() {
        each((where, english, translated) ->
                assertThat(translated.isEmpty()).as(where).isEqualTo(english.isEmpty()));
    }

    @Test
    @DisplayName("every refusal has its sentence for pages")
    void refusals() {
        Map<String, String> english = MessageFiles.english("/dev/latchkey/page/messages");
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(english).containsKey("problem." + code.name());
        }
    }

    @Test
    @DisplayName("every month has its name")
    void months() {
        for (Language language : Language.values()) {
            String months =
                    MessageFiles.in("/dev/latchkey/page/times", language).getOrDefault("months", "");
            assertThat(months.split(",")).as(language.tag()).hasSize(12).doesNotHaveDuplicates();
        }
    }

    private interface Check {
        void of(String where, String english, String translated);
    }

    private static void each(Check check) {
        for (String files : MessageFiles.ALL) {
            Map<String, String> english = new TreeMap<>(MessageFiles.english(files));
            MessageFiles.translations()
                    .forEach(language -> MessageFiles.in(files, language).forEach((key, sentence) -> {
                        if (english.containsKey(key)) {
                            String where = files.substring("/dev/latchkey/".length()) + "_" + language.tag();
                            check.of(where + " " + key, english.getOrDefault(key, ""), sentence);
                        }
                    }));
        }
    }
}
