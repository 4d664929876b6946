package dev.latchkey.boot.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes whole lines and writes them from a thread of its own, so that whoever logs never waits for whoever reads the log. Where
 * the reader cannot keep up, lines are given up, counted, and the gap is told in their place.
 */
final class QueuedLines extends OutputStream {
    private static final int WAITING = 4096;

    private final OutputStream out;
    private final LongFunction<byte[]> gap;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING);
    private final LongAdder dropped = new LongAdder();
    private long toldOf = 0;
    private volatile boolean direct = false;
    private volatile @Nullable Thread thread;

    /** @param gap the line that tells that so many were given up */
    QueuedLines(OutputStream out, LongFunction<byte[]> gap) {
        this.out = out;
        this.gap = gap;
    }

    /** One line, its line break included. Never waits, but after {@link #finish}. */
    @Override
    public void write(byte[] line) throws IOException {
        if (direct) {
            writeNow(line);
            return;
        }
        if (!waiting.offer(line)) {
            dropped.increment();
        }
        if (thread == null) {
            start();
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        byte[] line = new byte[length];
        System.arraycopy(bytes, from, line, 0, length);
        write(line);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single});
    }

    /** Lines given up since the start. */
    long dropped() {
        return dropped.sum();
    }

    /** Writes what is waiting, for {@code wait} at most. What comes later is written as it comes: the process is ending. */
    void finish(Duration wait) {
        direct = true;
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("log").start(this::drain);
        }
    }

    private void drain() {
        try {
            while (!direct) {
                writeNow(waiting.take());
                tellGap();
            }
        } catch (InterruptedException | IOException ending) {
            // What is left is written below, if it can be.
        }
        direct = true;
        try {
            for (byte[] line = waiting.poll(); line != null; line = waiting.poll()) {
                writeNow(line);
            }
            tellGap();
        } catch (IOException closed) {
            dropped.add(waiting.size());
        }
    }

    private void tellGap() throws IOException {
        long now = dropped.sum();
        if (now > toldOf) {
            writeNow(gap.apply(now - toldOf));
            toldOf = now;
        }
    }

    private synchronized void writeNow(byte[] line) throws IOException {
        out.write(line);
    }
}
