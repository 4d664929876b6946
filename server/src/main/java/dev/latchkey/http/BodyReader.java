package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Reads a body into memory: never more than {@code maxBytes}, never for longer than {@code maxTime}. */
record BodyReader(long maxBytes, Duration maxTime) {
    private static final int CHUNK = 8192;

    /** Refuses a body that announces itself as too large, before a byte of it is read. */
    void checkAnnounced(long contentLength) {
        if (contentLength > maxBytes) {
            throw Problem.of(ErrorCode.PAYLOAD_TOO_LARGE);
        }
    }

    byte[] read(InputStream in) {
        long deadline = System.nanoTime() + maxTime.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream(256);
        byte[] chunk = new byte[CHUNK];
        try {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                body.write(chunk, 0, count);
                checkAnnounced(body.size());
                if (System.nanoTime() - deadline > 0) {
                    throw Problem.of(ErrorCode.INVALID_REQUEST, "body came too slowly");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw Problem.of(ErrorCode.INVALID_REQUEST, "the body broke off");
        }
        return body.toByteArray();
    }
}
