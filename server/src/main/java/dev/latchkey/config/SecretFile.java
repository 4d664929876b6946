package dev.latchkey.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A secret kept in a file of its own, as container platforms hand them out. */
final class SecretFile {
    static final String SUFFIX = "-file";

    private static final int MAX_BYTES = 64 * 1024;

    private SecretFile() {}

    /** The file's text without the line break most editors put at its end. */
    static Optional<Given> read(String key, Given path, List<String> problems) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of(path.text().strip()));
            if (bytes.length > MAX_BYTES) {
                problems.add(key + SUFFIX + " (" + path.source() + ") names a file larger than 64 KiB");
                return Optional.empty();
            }
            String text = new String(bytes, StandardCharsets.UTF_8).stripTrailing();
            if (text.isEmpty()) {
                problems.add(key + SUFFIX + " (" + path.source() + ") names an empty file");
                return Optional.empty();
            }
            return Optional.of(new Given(
                    text,
                    "file named by " + path.source(),
                    Optional.of(Path.of(path.text().strip()))));
        } catch (IOException | InvalidPathException e) {
            problems.add(key + SUFFIX + " (" + path.source() + ") names a file that cannot be read");
            return Optional.empty();
        }
    }
}
