package dev.latchkey.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The lines of a UTF-8 text with their numbers; lines can be given back. Never holds more than a bounded part of a line. */
final class LineReader {
    /** What is longer than any user is: such a line is cut here, and so is no row. */
    static final int LONGEST = 256 * 1024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader in;
    private final ArrayDeque<String> givenBack = new ArrayDeque<>();
    private long number = 0;

    LineReader(InputStream bytes) {
        this.in = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 64 * 1024);
    }

    /** Without its end; empty at the end of the text. */
    Optional<String> next() throws IOException {
        @Nullable String line = givenBack.isEmpty() ? read() : givenBack.pop();
        if (line == null) {
            return Optional.empty();
        }
        number++;
        return Optional.of(line);
    }

    void giveBack(String line) {
        givenBack.push(line);
        number--;
    }

    /** Of the line read last, from 1. */
    long number() {
        return number;
    }

    private @Nullable String read() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        if (number == 0 && c == BYTE_ORDER_MARK) {
            c = in.read();
        }
        while (c >= 0 && c != '\n') {
            if (line.length() < LONGEST) {
                line.append((char) c);
            }
            c = in.read();
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }
}
