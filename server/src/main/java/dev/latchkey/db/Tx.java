package dev.latchkey.db;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One open transaction. Writing commands take it first; they never open one of their own. */
public final class Tx implements Sql {
    private final Handle handle;
    private final List<Runnable> hooks = new ArrayList<>();

    Tx(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Handle handle() {
        return handle;
    }

    /** Runs {@code hook} once the transaction is durable and before its caller continues; not at all if it rolls back. */
    public void afterCommit(Runnable hook) {
        hooks.add(hook);
    }

    List<Runnable> hooks() {
        return hooks;
    }
}
