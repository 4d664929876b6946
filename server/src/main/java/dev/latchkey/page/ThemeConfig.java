package dev.latchkey.page;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a theme from settings, and says everything that is wrong with it. */
final class ThemeConfig {
    private static final String LIGHT = "light";
    private static final String DARK = "dark";
    private static final int MOST_RADIUS = 24;
    private static final int MOST_FONT = 200;

    static final Setting<Integer> VERSION = Setting.integer(
            "theme.version",
            Theme.VERSION,
            1,
            Theme.VERSION,
            "The version of docs/theming.md that the theme is written for.");
    static final Setting<String> LOGO = Setting.text(
            "theme.logo", "", "An SVG or PNG file, shown 32 pixels high at the top of every page. Unset: ours.");
    static final Setting<Integer> RADIUS = Setting.integer(
            "theme.radius", Theme.USUAL_RADIUS, 0, MOST_RADIUS, "How round corners are, in CSS pixels.");
    static final Setting<String> FONT = Setting.text(
                    "theme.font",
                    "",
                    "A CSS font stack, such as \"Inter\", sans-serif, of fonts that readers have: none is loaded. Unset: the"
                            + " system's own.")
            .check(ThemeConfig::isFont, "must be names of fonts with commas between, at most 200 characters");

    private ThemeConfig() {}

    /** What was read, as far as it can be used. */
    record Reading(Theme theme, List<String> problems) {}

    static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(List.of(VERSION, LOGO));
        for (ThemeColour colour : ThemeColour.values()) {
            all.add(setting(LIGHT, colour));
            all.add(setting(DARK, colour));
        }
        all.add(RADIUS);
        all.add(FONT);
        for (FootLink link : FootLink.values()) {
            all.add(setting(link));
        }
        return all;
    }

    static Reading from(Settings settings) {
        List<String> problems = new ArrayList<>();
        Map<ThemeColour, Colour> ownLight = chosen(settings, LIGHT);
        Map<ThemeColour, Colour> ownDark = chosen(settings, DARK);
        Palette light = Palette.LIGHT.with(ownLight);
        Palette dark = Palette.DARK.with(ownDark);
        int radius = settings.get(RADIUS);
        String font = settings.get(FONT);
        Optional<ThemeAsset> stylesheet = Optional.empty();
        boolean coloured = !ownLight.isEmpty() || !ownDark.isEmpty();
        if (coloured || radius != Theme.USUAL_RADIUS || !font.isEmpty()) {
            problems.addAll(light.problems(LIGHT));
            problems.addAll(dark.problems(DARK));
            stylesheet = Optional.of(Theme.stylesheet(light, dark, radius, font));
        }
        Optional<ThemeAsset> logo = logo(settings.get(LOGO), problems);
        return new Reading(new Theme(light, dark, radius, font, stylesheet, logo, links(settings)), problems);
    }

    private static Map<ThemeColour, Colour> chosen(Settings settings, String name) {
        Map<ThemeColour, Colour> colours = new EnumMap<>(ThemeColour.class);
        for (ThemeColour colour : ThemeColour.values()) {
            String chosen = settings.get(setting(name, colour));
            if (!chosen.equals(colour.usual(name.equals(DARK)))) {
                colours.put(colour, Colour.of(chosen));
            }
        }
        return colours;
    }

    private static Optional<ThemeAsset> logo(String file, List<String> problems) {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LogoFile.read(Path.of(file)));
        } catch (InvalidPathException e) {
            problems.add(LOGO.key() + " names no file: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            problems.add(LOGO.key() + " " + e.getMessage());
        }
        return Optional.empty();
    }

    private static Map<FootLink, String> links(Settings settings) {
        Map<FootLink, String> links = new EnumMap<>(FootLink.class);
        for (FootLink link : FootLink.values()) {
            String address = settings.get(setting(link));
            if (!address.isEmpty()) {
                links.put(link, address);
            }
        }
        return links;
    }

    private static Setting<String> setting(String name, ThemeColour colour) {
        return Setting.text(
                        "theme." + name + "." + colour.token(),
                        colour.usual(name.equals(DARK)),
                        colour.meaning() + " On " + name + " screens" + (name.equals(LIGHT) ? " and in mails." : "."))
                .check(text -> Colour.parse(text).isPresent(), "must be a colour such as #1d4ed8");
    }

    private static Setting<String> setting(FootLink link) {
        return Setting.text(
                        "theme.links." + link.token(),
                        "",
                        "Where " + link.meaning() + " can be found, for the foot of every page. Unset: no such link.")
                .check(ThemeConfig::isAddress, "must begin with https:// or mailto:");
    }

    private static boolean isAddress(String text) {
        try {
            String scheme = URI.create(text).getScheme();
            return text.isEmpty() || "https".equals(scheme) || "mailto".equals(scheme);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isFont(String text) {
        return text.length() <= MOST_FONT
                && Pattern.matches("(\\s*(\"[A-Za-z0-9 -]+\"|'[A-Za-z0-9 -]+'|[A-Za-z0-9 -]+)\\s*(,|$))*", text);
    }
}
