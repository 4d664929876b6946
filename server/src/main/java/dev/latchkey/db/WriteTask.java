package dev.latchkey.db;

import dev.latchkey.core.Problem;
import dev.latchkey.db.Database.Work;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One caller's closure on its way through the writer thread; the caller hears of it only when the group is durable. */
final class WriteTask<T> {
    private final Work<Tx, T> work;
    private final long queuedAt = System.nanoTime();
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Tx tx;
    private @Nullable T value;
    private @Nullable Throwable refusal;

    WriteTask(Work<Tx, T> work) {
        this.work = work;
    }

    /** Runs the closure where it can be undone. */
    void run(Handle handle) {
        Tx opened = new Tx(handle);
        value = opened.run(work);
        tx = opened;
    }

    /** The closure refused: what it did is undone, the group goes on. */
    void refused(Throwable thrown) {
        refusal = thrown;
    }

    void runHooks() {
        if (tx != null) {
            tx.committed();
        }
    }

    /** Gives the caller what the closure returned or threw. */
    @SuppressWarnings("NullAway") // value was set by run, to whatever the closure returned
    void complete() {
        if (refusal == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(refusal);
        }
    }

    /** The group failed: whatever this closure answered may rest on work that is not durable. */
    void fail(Problem problem) {
        answer.completeExceptionally(problem);
    }

    /** Waits, also through an interrupt: a caller that left could not know whether its work was done. */
    T await() {
        try {
            return answer.join();
        } catch (CompletionException wrapped) {
            if (wrapped.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (wrapped.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw wrapped;
        }
    }

    long queuedAt() {
        return queuedAt;
    }
}
