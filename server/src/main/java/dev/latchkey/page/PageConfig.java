package dev.latchkey.page;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.util.List;

/**
 * How the server presents itself.
 *
 * @param applicationName in page titles, mail subjects and the like
 */
public record PageConfig(String applicationName) {
    private static final int MAX_NAME = 60;

    public static final Setting<String> APPLICATION_NAME = Setting.text(
                    "app.name", "Latchkey", "The name people know this server by: in page titles and in mails.")
            .alias("APP_NAME")
            .check(PageConfig::isName, "must be 1 to " + MAX_NAME + " characters on one line");

    public static List<Setting<?>> settings() {
        return List.of(APPLICATION_NAME);
    }

    public static PageConfig from(Settings settings) {
        return new PageConfig(settings.get(APPLICATION_NAME));
    }

    public static PageConfig defaults() {
        return new PageConfig(APPLICATION_NAME.defaultValue());
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= MAX_NAME && text.chars().noneMatch(Character::isISOControl);
    }
}
