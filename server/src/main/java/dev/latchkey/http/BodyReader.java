package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads a body into memory: never more than {@code maxBytes}, never for longer than {@code maxTime}, and only where room is. */
record BodyReader(long maxBytes, Duration maxTime, BodyRoom room) {
    private static final int CHUNK = 8192;
    private static final int LEAST_CHUNK = 256;
    private static final Duration DISCARD_TIME = Duration.ofSeconds(2);

    /** What is read off at most, in bytes. */
    static final long MOST_DISCARDED = 8L << 20;

    /** Refuses a body that announces itself as too large, before a byte of it is read. */
    void checkAnnounced(long contentLength) {
        if (contentLength > maxBytes) {
            throw Problem.of(ErrorCode.PAYLOAD_TOO_LARGE);
        }
    }

    /**
     * The whole body. Give its room back with {@link #release} once it is of no more use.
     *
     * @param announced how many bytes the client said there are; 0 where it said nothing
     * @throws Problem 400 where it breaks off or comes too slowly, 413, or 503 where bodies hold all the memory they may
     */
    byte[] read(InputStream in, long announced) {
        // Whoever announces one byte and sends a million is not read byte by byte.
        int chunk = announced > 0 ? Math.clamp(announced, LEAST_CHUNK, CHUNK) : CHUNK;
        ByteArrayOutputStream body = new ByteArrayOutputStream(LEAST_CHUNK);
        try (ReadingTime time = ReadingTime.begin(maxTime)) {
            readInto(body, in, new byte[chunk], time);
            return body.toByteArray();
        } catch (Problem refused) {
            room.giveBack(body.size());
            throw refused;
        } catch (IOException | RuntimeException brokenOff) {
            // The web server tells of a client that left by exceptions of its own.
            room.giveBack(body.size());
            throw Problem.of(ErrorCode.INVALID_REQUEST, "the body broke off");
        }
    }

    void release(byte[] body) {
        room.giveBack(body.length);
    }

    private void readInto(ByteArrayOutputStream body, InputStream in, byte[] chunk, ReadingTime time)
            throws IOException {
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            room.take(count);
            body.write(chunk, 0, count);
            checkAnnounced(body.size());
            if (time.isOver()) {
                break;
            }
        }
        // Over HTTP/2 an interrupted read looks like the end of the body.
        if (time.isOver()) {
            throw Problem.of(ErrorCode.INVALID_REQUEST, "the body came too slowly");
        }
    }

    /**
     * Reads off the rest of a body that nobody wants, because many clients read the answer only once they have sent all. Answers
     * whether the end was reached.
     */
    static boolean discard(InputStream in) {
        byte[] chunk = new byte[CHUNK];
        try (ReadingTime time = ReadingTime.begin(DISCARD_TIME)) {
            for (long left = MOST_DISCARDED; left > 0 && !time.isOver(); ) {
                int count = in.read(chunk);
                if (count < 0) {
                    return !time.isOver();
                }
                left -= count;
            }
            return false;
        } catch (IOException | RuntimeException gone) {
            return false;
        }
    }
}
