package dev.latchkey.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A value as it was written, and where: "environment LATCHKEY_PORT", "latchkey.yaml line 3", "command line".
 *
 * @param file the file it stands in
 */
record Given(String text, String source, Optional<Path> file) {
    Given(String text, String source) {
        this(text, source, Optional.empty());
    }
}
