package dev.latchkey.mail;

import dev.latchkey.page.Palette;
import dev.latchkey.page.Theme;
import dev.latchkey.page.ThemeColour;

/** The theme, for templates that style every element by itself, as mails must. Public because these live in a package of their own. */
public record MailLook(Theme theme) {
    private static final String USUAL_FONT = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

    public String background() {
        return colour(ThemeColour.BACKGROUND);
    }

    public String card() {
        return colour(ThemeColour.CARD);
    }

    public String text() {
        return colour(ThemeColour.TEXT);
    }

    public String muted() {
        return colour(ThemeColour.MUTED);
    }

    public String accent() {
        return colour(ThemeColour.ACCENT);
    }

    public String onAccent() {
        return colour(ThemeColour.ON_ACCENT);
    }

    public String danger() {
        return colour(ThemeColour.DANGER);
    }

    /** Of buttons, such as {@code 8px}. */
    public String radius() {
        return theme.radius() + "px";
    }

    /** Of the card. */
    public String cardRadius() {
        return theme.radius() * 3 / 2 + "px";
    }

    public String font() {
        return theme.font().isEmpty() ? USUAL_FONT : theme.font();
    }

    private String colour(ThemeColour colour) {
        Palette light = theme.light();
        return light.get(colour).toString();
    }
}
