package dev.latchkey.boot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs command lines as somebody at a shell does, each with the same options at its end, and keeps what the last one said. */
final class Shell {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final String[] always;

    Shell(String... always) {
        this.always = always;
    }

    /** Answers the exit code. */
    int run(String... arguments) {
        out.reset();
        err.reset();
        String[] line = Stream.of(arguments, always).flatMap(Stream::of).toArray(String[]::new);
        return new CommandRunner(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)).run(line);
    }

    /** The same with a line on standard input. */
    int type(String typed, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream((typed + "\n").getBytes(UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }

    String out() {
        return out.toString(UTF_8);
    }

    String err() {
        return err.toString(UTF_8);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(out());
    }
}
