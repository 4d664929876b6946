package dev.latchkey.page;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The colours of light screens, or of dark ones. */
public record Palette(Map<ThemeColour, Colour> colours) {
    private static final double TEXT_CONTRAST = 4.5;
    private static final double FRAME_CONTRAST = 3;
    private static final double SOFT = 0.08;
    private static final double STRONG = 0.2;

    /** Ours, on light screens and on dark ones. */
    static final Palette LIGHT = usual(false);

    static final Palette DARK = usual(true);

    private record Pair(ThemeColour front, ThemeColour behind, double least) {}

    private static final List<Pair> PAIRS = List.of(
            new Pair(ThemeColour.TEXT, ThemeColour.CARD, TEXT_CONTRAST),
            new Pair(ThemeColour.TEXT, ThemeColour.BACKGROUND, TEXT_CONTRAST),
            new Pair(ThemeColour.MUTED, ThemeColour.CARD, TEXT_CONTRAST),
            new Pair(ThemeColour.MUTED, ThemeColour.BACKGROUND, TEXT_CONTRAST),
            new Pair(ThemeColour.ACCENT, ThemeColour.CARD, TEXT_CONTRAST),
            new Pair(ThemeColour.ACCENT, ThemeColour.BACKGROUND, TEXT_CONTRAST),
            new Pair(ThemeColour.ON_ACCENT, ThemeColour.ACCENT, TEXT_CONTRAST),
            new Pair(ThemeColour.DANGER, ThemeColour.CARD, TEXT_CONTRAST),
            new Pair(ThemeColour.LINE, ThemeColour.CARD, FRAME_CONTRAST));

    /** @param colours all of them */
    public Palette {
        colours = Map.copyOf(colours);
    }

    private static Palette usual(boolean onDark) {
        Map<ThemeColour, Colour> all = new EnumMap<>(ThemeColour.class);
        for (ThemeColour colour : ThemeColour.values()) {
            all.put(colour, Colour.of(colour.usual(onDark)));
        }
        return new Palette(all);
    }

    /** This one with some colours in the place of its own. */
    Palette with(Map<ThemeColour, Colour> others) {
        Map<ThemeColour, Colour> all = new EnumMap<>(colours);
        all.putAll(others);
        return new Palette(all);
    }

    public Colour get(ThemeColour colour) {
        Colour found = colours.get(colour);
        if (found == null) {
            throw new IllegalStateException("a palette has every colour");
        }
        return found;
    }

    /** What is too hard to read, WCAG 2.2 success criteria 1.4.3 and 1.4.11, one sentence each. */
    List<String> problems(String name) {
        List<String> problems = new ArrayList<>();
        for (Pair pair : PAIRS) {
            check(
                    problems,
                    name,
                    pair.front(),
                    get(pair.behind()),
                    "theme." + name + "." + pair.behind().token(),
                    pair.least());
        }
        check(
                problems,
                name,
                ThemeColour.DANGER,
                dangerSoft(),
                "the background of complaints, which is made of it,",
                TEXT_CONTRAST);
        Colour strong = accentStrong();
        if (get(ThemeColour.ON_ACCENT).contrast(strong) < TEXT_CONTRAST) {
            problems.add("theme." + name + ".on-accent cannot be read on a button that is pointed at, whose colour "
                    + strong + " lies between accent and text; choose another one");
        }
        return problems;
    }

    private void check(
            List<String> problems, String name, ThemeColour front, Colour behind, String behindName, double least) {
        double contrast = get(front).contrast(behind);
        if (contrast < least) {
            problems.add(String.format(
                    Locale.ROOT,
                    "theme.%s.%s (%s) is too near to %s (%s): the contrast is %.2f and must be %.1f at least",
                    name,
                    front.token(),
                    get(front),
                    behindName,
                    behind,
                    contrast,
                    least));
        }
    }

    /** The body of a CSS rule. */
    String css() {
        StringBuilder css = new StringBuilder();
        for (ThemeColour colour : ThemeColour.values()) {
            property(css, colour.property(), get(colour));
        }
        property(css, "--accent-strong", accentStrong());
        property(css, "--danger-strong", get(ThemeColour.DANGER).mixed(get(ThemeColour.TEXT), STRONG));
        property(css, "--danger-soft", dangerSoft());
        return css.toString();
    }

    private Colour accentStrong() {
        return get(ThemeColour.ACCENT).mixed(get(ThemeColour.TEXT), STRONG);
    }

    private Colour dangerSoft() {
        return get(ThemeColour.CARD).mixed(get(ThemeColour.DANGER), SOFT);
    }

    private static void property(StringBuilder css, String name, Colour colour) {
        css.append(name).append(':').append(colour).append(';');
    }
}
