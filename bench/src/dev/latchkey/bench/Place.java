package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the bench lies, how often it measures, and how it starts the JVM that runs it once more. */
record Place(Path home, int rounds, int seconds) {
    static Place of(Path home) {
        return new Place(home, number("ROUNDS", 3), number("SECONDS_EACH", 8));
    }

    /** For commands that take so many in, or along. */
    int users() {
        return number("USERS", 100_000);
    }

    Path out() {
        return home.resolve("target");
    }

    Path launcher() {
        return out().resolve("install/latchkey");
    }

    Path jar() {
        return out().resolve("install/lib/latchkey.jar");
    }

    Path script(String name) {
        return home.resolve("src").resolve(name);
    }

    /** The command of one of these classes in a JVM of its own, with the collector and object layout that the server has. */
    List<String> java(String heap, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** Deletes a folder of ours with all that is in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static int number(String name, int absent) {
        String text = System.getenv(name);
        return text == null ? absent : Integer.parseInt(text);
    }
}
