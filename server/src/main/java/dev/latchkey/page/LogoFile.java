package dev.latchkey.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a theme's logo: an SVG or a PNG, by what is in it and not by its name. */
final class LogoFile {
    private static final int MOST_BYTES = 256 * 1024;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private LogoFile() {}

    /** @throws IllegalArgumentException says what is wrong, to be put behind the name of the setting */
    static ThemeAsset read(Path file) {
        byte[] content = content(file);
        if (Arrays.equals(content, 0, Math.min(PNG.length, content.length), PNG, 0, PNG.length)) {
            return new ThemeAsset("logo.png", "image/png", content);
        }
        if (isSvg(new String(content, StandardCharsets.UTF_8))) {
            return new ThemeAsset("logo.svg", "image/svg+xml", content);
        }
        throw new IllegalArgumentException("must name an SVG or PNG file; " + file + " is neither");
    }

    private static byte[] content(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("must name a file of 256 KiB at most; " + file + " is larger");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("names " + file + ", which cannot be read: " + e.getMessage(), e);
        }
    }

    /** Behind the declaration and comments the first element is svg; a document type may pull other files in, so none. */
    private static boolean isSvg(String text) {
        String rest = text.startsWith("\uFEFF") ? text.substring(1).strip() : text.strip();
        while (rest.startsWith("<?") || rest.startsWith("<!--")) {
            String end = rest.startsWith("<?") ? "?>" : "-->";
            int at = rest.indexOf(end);
            if (at < 0) {
                return false;
            }
            rest = rest.substring(at + end.length()).strip();
        }
        return rest.startsWith("<svg") && !text.contains("<!DOCTYPE") && !text.contains("<!ENTITY");
    }
}
