package dev.latchkey.boot.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reads a secret from standard input: on the command line every user of the machine could see it. */
final class SecretInput {
    private SecretInput() {}

    /** The first line, without its end. */
    static String line() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        if (line == null || line.isEmpty()) {
            throw new Refusal(
                    ExitCode.USAGE, "There is no password on standard input. Pipe one line into this command.");
        }
        return line;
    }
}
