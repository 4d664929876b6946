package dev.latchkey.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One command of the packaged server, run as an operator types it, the start of its JVM included. */
record CommandRun(String said, double seconds) {
    static CommandRun of(Place place, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(place.launcher().toString()));
        command.addAll(Arrays.asList(arguments));
        Path errors = place.out().resolve("command.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        long begin = System.nanoTime();
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + said + Files.readString(errors));
        }
        return new CommandRun(said, (System.nanoTime() - begin) / 1e9);
    }
}
