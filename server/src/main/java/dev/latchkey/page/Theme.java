package dev.latchkey.page;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * How pages and mails look, version 1 of the contract in {@code docs/theming.md}.
 *
 * @param radius of corners, in CSS pixels
 * @param font a CSS font stack; empty for the usual one
 * @param stylesheet what sets all this over our own stylesheet; empty where nothing is set
 * @param logo in the place of ours
 * @param links to pages of the operator
 */
public record Theme(
        Palette light,
        Palette dark,
        int radius,
        String font,
        Optional<ThemeAsset> stylesheet,
        Optional<ThemeAsset> logo,
        Map<FootLink, String> links) {
    /** The version of the contract that this server keeps. */
    public static final int VERSION = 1;

    static final int USUAL_RADIUS = 8;

    public Theme {
        links = Map.copyOf(links);
    }

    /** Ours. */
    public static Theme usual() {
        return new Theme(Palette.LIGHT, Palette.DARK, USUAL_RADIUS, "", Optional.empty(), Optional.empty(), Map.of());
    }

    static ThemeAsset stylesheet(Palette light, Palette dark, int radius, String font) {
        String shape = "--radius:" + radius + "px;" + (font.isEmpty() ? "" : "--font:" + font + ";");
        String css =
                ":root{" + light.css() + shape + "}\n@media (prefers-color-scheme:dark){:root{" + dark.css() + "}}\n";
        return new ThemeAsset("theme.css", "text/css; charset=utf-8", css.getBytes(StandardCharsets.UTF_8));
    }

    /** The file that is served under this name. */
    Optional<ThemeAsset> file(String name) {
        return stylesheet
                .filter(asset -> asset.fileName().equals(name))
                .or(() -> logo.filter(asset -> asset.fileName().equals(name)));
    }
}
