package dev.latchkey.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Locale;

/**
 * What a visitor's browser is like.
 *
 * @param name in file names
 * @param language of the browser
 */
record Look(String name, int width, int height, ColorScheme colours, String language, boolean script) {
    static final Look DESKTOP = new Look("desktop-light", 1280, 800, ColorScheme.LIGHT, "en-GB", true);
    static final Look DARK_PHONE = new Look("phone-dark", 390, 844, ColorScheme.DARK, "en-GB", true);
    static final Look RIGHT_TO_LEFT = new Look("phone-arabic", 390, 844, ColorScheme.LIGHT, "ar", true);

    Look withoutScript() {
        return new Look(name + "-without-script", width, height, colours, language, false);
    }

    Look inLanguage(String other) {
        return new Look(name + "-" + other.toLowerCase(Locale.ROOT), width, height, colours, other, script);
    }

    Browser.NewContextOptions options(String origin) {
        return new Browser.NewContextOptions()
                .setBaseURL(origin)
                .setViewportSize(width, height)
                .setColorScheme(colours)
                .setLocale(language)
                .setJavaScriptEnabled(script);
    }
}
