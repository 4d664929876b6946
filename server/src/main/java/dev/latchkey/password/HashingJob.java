package dev.latchkey.password;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** One hash to compute for a caller who waits for it. */
final class HashingJob<T> {
    private final String address;
    private final Supplier<T> work;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();

    /** @param address what the caller's places are counted by */
    HashingJob(String address, Supplier<T> work) {
        this.address = address;
        this.work = work;
    }

    String address() {
        return address;
    }

    Future<T> outcome() {
        return outcome;
    }

    /** Whatever goes wrong is the caller's, not the thread's. */
    void perform() {
        try {
            outcome.complete(work.get());
        } catch (Throwable failure) {
            outcome.completeExceptionally(failure);
        }
    }

    void fail(RuntimeException refusal) {
        outcome.completeExceptionally(refusal);
    }
}
