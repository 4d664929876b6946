package dev.latchkey.boot.cli;

import dev.latchkey.transfer.FileFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Files of users: which format, how long. */
final class UserFiles {
    /** Means standard input. */
    static final String STANDARD_INPUT = "-";

    private UserFiles() {}

    /**
     * As asked for, else by the end of the file's name.
     *
     * @throws Refusal when neither tells
     */
    static FileFormat format(Optional<String> asked, String file) {
        String name = asked.map(format -> "." + format).orElse(file).toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return FileFormat.CSV;
        }
        if (Arrays.asList(".jsonl", ".ndjson", ".json").stream().anyMatch(name::endsWith)) {
            return FileFormat.JSONL;
        }
        throw new Refusal(ExitCode.USAGE, "Give --format csv or --format jsonl: the file's name does not tell.");
    }

    /** @throws Refusal when there is no such file */
    static InputStream open(String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return System.in;
        }
        if (Files.isDirectory(Path.of(file))) {
            throw new Refusal(ExitCode.NO, file + " is a folder. Name a file in it.");
        }
        try {
            return new BufferedInputStream(Files.newInputStream(Path.of(file)), 1 << 16);
        } catch (NoSuchFileException absent) {
            throw new Refusal(ExitCode.NO, "There is no file " + file + ".");
        }
    }

    /** How many lines it has, 0 where nobody can tell before they were read. */
    static long lines(String file) throws IOException {
        if (file.equals(STANDARD_INPUT) || !Files.isRegularFile(Path.of(file))) {
            return 0;
        }
        long lines = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                for (int at = 0; at < read; at++) {
                    if (buffer[at] == '\n') {
                        lines++;
                    }
                }
            }
        }
        return lines;
    }
}
