package dev.latchkey.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs what installs a peer. */
final class Commands {
    private Commands() {}

    /** @throws Unavailable with the command's own words where it is not there or fails */
    static void run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException, Unavailable {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException absent) {
            throw new Unavailable(absent.getMessage());
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new Unavailable(String.join(" ", command) + " failed:\n" + said);
        }
    }
}
