package dev.latchkey.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The requests being served, so that a stopping server can let them end. The web server's own stop interrupts those of HTTP/2
 * connections (as of Helidon 4.5.0).
 */
final class InFlight {
    private final Semaphore places = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean closed = false;

    void enter() {
        places.acquireUninterruptibly();
    }

    void leave() {
        places.release();
    }

    /** No request is taken any more. */
    boolean isClosed() {
        return closed;
    }

    /** Takes no new requests and waits until the last one has been answered, for {@code wait} at most. */
    void close(Duration wait) {
        closed = true;
        try {
            if (places.tryAcquire(Integer.MAX_VALUE, wait.toMillis(), TimeUnit.MILLISECONDS)) {
                places.release(Integer.MAX_VALUE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
