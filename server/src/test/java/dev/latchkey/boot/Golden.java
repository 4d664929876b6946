package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Texts that change only on purpose. {@code -Dlatchkey.golden.write=true} writes them anew, for the reviewer to read. */
final class Golden {
    private static final boolean WRITE = Boolean.getBoolean("latchkey.golden.write");
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    /** @param name the file's, below {@code golden} */
    static void compare(String name, String text) {
        try {
            if (WRITE) {
                Files.writeString(FOLDER.resolve(name), text);
                return;
            }
            try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name)) {
                String golden = new String(
                        Objects.requireNonNull(file, "no golden file " + name).readAllBytes(), UTF_8);
                assertThat(text)
                        .as("golden/%s; if the change is meant, write it anew with -Dlatchkey.golden.write=true", name)
                        .isEqualTo(golden);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
