package dev.latchkey.http;

import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bounds how long the current thread may wait for a body, also where the web server's own reading knows no end: a client that
 * announces a body and sends none would otherwise hold its request for ever.
 */
final class ReadingTime implements AutoCloseable {
    private enum State {
        READING,
        OVER,
        INTERRUPTED,
        DONE
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.READING);
    private final Thread reader = Thread.currentThread();
    private final Future<?> alarm;

    private ReadingTime(Duration time) {
        this.alarm = ForkJoinPool.commonPool().schedule(this::end, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins now; the thread is interrupted when the time is over. */
    static ReadingTime begin(Duration time) {
        return new ReadingTime(time);
    }

    boolean isOver() {
        return state.get() != State.READING;
    }

    private void end() {
        if (state.compareAndSet(State.READING, State.OVER)) {
            reader.interrupt();
            state.set(State.INTERRUPTED);
        }
    }

    /** From here on the thread is no longer interrupted, nor left so. */
    @Override
    public void close() {
        alarm.cancel(false);
        if (state.compareAndSet(State.READING, State.DONE)) {
            return;
        }
        while (state.get() == State.OVER) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }
}
