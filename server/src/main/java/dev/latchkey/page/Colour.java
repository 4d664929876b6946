package dev.latchkey.page;

import java.util.HexFormat;
import java.util.Optional;

/** A colour on a screen, each part from 0 to 255. Written {@code #rrggbb}. */
public record Colour(int red, int green, int blue) {
    private static final int HEXADECIMAL = 16;
    private static final int LENGTH = "#rrggbb".length();
    private static final double FULL = 255;

    static Optional<Colour> parse(String text) {
        if (text.length() != LENGTH || text.charAt(0) != '#') {
            return Optional.empty();
        }
        for (int i = 1; i < LENGTH; i++) {
            if (Character.digit(text.charAt(i), HEXADECIMAL) < 0 || text.charAt(i) > 'f') {
                return Optional.empty();
            }
        }
        int all = Integer.parseInt(text.substring(1), HEXADECIMAL);
        return Optional.of(new Colour(all >> 16, (all >> 8) & 0xff, all & 0xff));
    }

    static Colour of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text + " is no colour"));
    }

    /** From 1, the same, to 21, black on white; WCAG 2.2, "contrast ratio". */
    double contrast(Colour other) {
        double one = luminance();
        double two = other.luminance();
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }

    /** This colour with a share of another, from 0 to 1. */
    Colour mixed(Colour other, double share) {
        return new Colour(
                mixed(red, other.red, share), mixed(green, other.green, share), mixed(blue, other.blue, share));
    }

    private static int mixed(int one, int two, double share) {
        return (int) Math.round(one + (two - one) * share);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int part) {
        double value = part / FULL;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return "#" + hex.toHexDigits((byte) red) + hex.toHexDigits((byte) green) + hex.toHexDigits((byte) blue);
    }
}
