package dev.latchkey.page;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the server presents itself.
 *
 * @param applicationName in page titles, mail subjects and the like
 * @param ownTexts the operator's sentences in the place of ours
 * @param problems of the theme and of these sentences, one sentence each
 */
public record PageConfig(
        String applicationName, Languages languages, Theme theme, OwnTexts ownTexts, List<String> problems) {
    private static final int MAX_NAME = 60;
    private static final String TAGS =
            Stream.of(Language.values()).map(Language::tag).collect(Collectors.joining(", "));

    public static final Setting<String> APPLICATION_NAME = Setting.text(
                    "app.name", "Latchkey", "The name people know this server by: in page titles and in mails.")
            .alias("APP_NAME")
            .check(PageConfig::isName, "must be 1 to " + MAX_NAME + " characters on one line");

    public static final Setting<List<String>> LANGUAGES = Setting.list(
                    "app.languages",
                    Stream.of(Language.values()).map(Language::tag).toList(),
                    "The languages of pages, mails and text messages. The first is for readers who ask for none of them.")
            .check(PageConfig::areLanguages, "must list some of " + TAGS + ", each once");

    static final Setting<String> TEXTS = Setting.text(
            "theme.texts",
            "",
            "A folder of own texts in the place of ours: pages_en.properties, mails_de.properties, sms_fr.properties and so on.");

    public PageConfig {
        problems = List.copyOf(problems);
    }

    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(List.of(APPLICATION_NAME, LANGUAGES));
        all.addAll(ThemeConfig.settings());
        all.add(TEXTS);
        return all;
    }

    public static PageConfig from(Settings settings) {
        ThemeConfig.Reading theme = ThemeConfig.from(settings);
        String texts = settings.get(TEXTS);
        OwnTexts own = texts.isEmpty() ? OwnTexts.NONE : OwnTexts.read(Path.of(texts));
        List<String> problems = new ArrayList<>(theme.problems());
        own.problems().forEach(problem -> problems.add(TEXTS.key() + ": " + problem));
        return new PageConfig(
                settings.get(APPLICATION_NAME), languages(settings.get(LANGUAGES)), theme.theme(), own, problems);
    }

    public static PageConfig defaults() {
        return named(APPLICATION_NAME.defaultValue());
    }

    /** The defaults under another name. */
    public static PageConfig named(String applicationName) {
        return new PageConfig(applicationName, Languages.ALL, Theme.usual(), OwnTexts.NONE, List.of());
    }

    private static Languages languages(List<String> tags) {
        return new Languages(tags.stream()
                .map(Locale::forLanguageTag)
                .map(Language::of)
                .flatMap(Optional::stream)
                .toList());
    }

    private static boolean areLanguages(List<String> tags) {
        return !tags.isEmpty()
                && Set.copyOf(tags).size() == tags.size()
                && tags.stream()
                        .allMatch(tag -> Stream.of(Language.values())
                                .anyMatch(language -> language.tag().equals(tag)));
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= MAX_NAME && text.chars().noneMatch(Character::isISOControl);
    }
}
