package dev.latchkey.page;

/** The colours that a theme may set, for light and for dark screens. */
public enum ThemeColour {
    ACCENT("accent", "#1d4ed8", "#8fb4ff", "Links, buttons, marks."),
    ON_ACCENT("on-accent", "#ffffff", "#0d1a36", "What stands on a button."),
    BACKGROUND("background", "#f4f5f7", "#11141a", "Behind everything."),
    CARD("card", "#ffffff", "#1a1f28", "Behind what is read and typed."),
    TEXT("text", "#1b1f27", "#e8eaee", "What is read."),
    MUTED("muted", "#555e6c", "#a6aebb", "Hints."),
    LINE("line", "#868e9b", "#6b7482", "Frames of fields."),
    DANGER("danger", "#b42318", "#ff9c8f", "Complaints, and what cannot be taken back.");

    private final String token;
    private final String light;
    private final String dark;
    private final String meaning;

    ThemeColour(String token, String light, String dark, String meaning) {
        this.token = token;
        this.light = light;
        this.dark = dark;
        this.meaning = meaning;
    }

    /** Its name in settings. */
    public String token() {
        return token;
    }

    /** Its name in the stylesheet. */
    String property() {
        return this == BACKGROUND ? "--page" : "--" + token;
    }

    String meaning() {
        return meaning;
    }

    /** Ours, as text: a server without a theme never parses it. */
    String usual(boolean onDark) {
        return onDark ? dark : light;
    }
}
