package dev.latchkey.db;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One open transaction. Writing commands take it first; they never open one of their own. */
public final class Tx implements Sql {
    private static final System.Logger LOG = System.getLogger(Tx.class.getName());

    private final Handle handle;
    private final List<Runnable> beforeCommit = new ArrayList<>(1);
    private final List<Runnable> afterCommit = new ArrayList<>(2);

    Tx(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Handle handle() {
        return handle;
    }

    /**
     * Runs {@code statements} inside the transaction, after the use case's own and just before COMMIT: for a row that every
     * transaction contends for, so that its lock is held for the shortest time and always taken last.
     */
    public void beforeCommit(Runnable statements) {
        beforeCommit.add(statements);
    }

    /** Runs {@code hook} once the transaction is durable and before its caller continues; not at all if it rolls back. */
    public void afterCommit(Runnable hook) {
        afterCommit.add(hook);
    }

    /** Runs the closure and what it left for the end. */
    <T> T run(Database.Work<Tx, T> work) {
        return Nesting.insideClosure(() -> {
            T value = work.run(this);
            for (int i = 0; i < beforeCommit.size(); i++) {
                beforeCommit.get(i).run();
            }
            return value;
        });
    }

    void committed() {
        for (Runnable hook : afterCommit) {
            try {
                Nesting.insideHook(hook);
            } catch (RuntimeException | Error failed) {
                // The transaction is durable whatever its hooks do, so its caller must hear so.
                LOG.log(Level.ERROR, "a hook failed after its transaction was committed", failed);
            }
        }
    }
}
