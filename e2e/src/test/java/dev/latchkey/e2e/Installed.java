package dev.latchkey.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the run finds on the machine. */
final class Installed {
    private static final List<String> BROWSERS =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private Installed() {}

    static Optional<Path> chromium() {
        Optional<String> named = Optional.ofNullable(System.getenv("E2E_CHROMIUM"));
        return Stream.concat(named.stream(), BROWSERS.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Whether a machine without a browser fails the run instead of skipping it. */
    static boolean browserRequired() {
        return "required".equals(System.getenv("E2E_BROWSER"));
    }

    /** The class path of the server: the packaged jar, unless something else is to be tried. */
    static String server() {
        return System.getProperty("latchkey.server", "../server/target/latchkey.jar");
    }

    /** Settings of every server here: tests type faster than people, and ask nobody on the internet. */
    static Map<String, String> plain() {
        return Map.of("LATCHKEY_LIMITS_ENABLED", "false", "LATCHKEY_PASSWORD_BREACH_CHECK", "false");
    }

    static Path target() {
        return Path.of(System.getProperty("latchkey.target", "target"));
    }
}
