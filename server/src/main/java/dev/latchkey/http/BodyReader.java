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
    /** What is read off at most, in bytes. */
    static final long MOST_DISCARDED = 8L << 20;

    private static final Duration DISCARD_TIME = Duration.ofSeconds(2);

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

    /**
     * Reads off the rest of a body that was answered already, because many clients read the answer only once they have sent all.
     * Answers whether the end was reached.
     */
    static boolean discard(InputStream in) {
        long deadline = System.nanoTime() + DISCARD_TIME.toNanos();
        byte[] chunk = new byte[CHUNK];
        try {
            for (long left = MOST_DISCARDED; left > 0 && System.nanoTime() - deadline < 0; ) {
                int count = in.read(chunk);
                if (count < 0) {
                    return true;
                }
                left -= count;
            }
            return false;
        } catch (IOException | UncheckedIOException gone) {
            return false;
        }
    }
}
