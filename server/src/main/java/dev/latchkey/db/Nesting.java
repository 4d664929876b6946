package dev.latchkey.db;

import java.util.function.Supplier;

/**
 * Keeps one use case to one transaction: on SQLite a nested one would wait for itself, on PostgreSQL it would need a second
 * connection while holding the first.
 */
final class Nesting {
    private enum Place {
        OUTSIDE,
        CLOSURE,
        HOOK
    }

    private static final ThreadLocal<Place> PLACE = ThreadLocal.withInitial(() -> Place.OUTSIDE);

    private Nesting() {}

    static void refuseTransaction() {
        switch (PLACE.get()) {
            case OUTSIDE -> {}
            case CLOSURE ->
                throw new IllegalStateException(
                        "a transaction or read is open on this thread: pass its Tx or Sql on instead of opening another");
            case HOOK ->
                throw new IllegalStateException(
                        "an afterCommit hook may not open a transaction: it runs before the caller continues");
        }
    }

    /** Hooks may read: what they follow is committed. */
    static void refuseRead() {
        if (PLACE.get() == Place.CLOSURE) {
            throw new IllegalStateException(
                    "a transaction or read is open on this thread: pass its Tx or Sql on instead of opening another");
        }
    }

    static <T> T insideClosure(Supplier<T> work) {
        return at(Place.CLOSURE, work);
    }

    static void insideHook(Runnable hook) {
        at(Place.HOOK, () -> {
            hook.run();
            return true;
        });
    }

    private static <T> T at(Place place, Supplier<T> work) {
        Place before = PLACE.get();
        PLACE.set(place);
        try {
            return work.get();
        } finally {
            if (before == Place.OUTSIDE) {
                PLACE.remove();
            } else {
                PLACE.set(before);
            }
        }
    }
}
