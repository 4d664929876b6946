package dev.latchkey.human;

import dev.latchkey.core.RequestContext;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts attempts per address and per name, and takes back those that did not fail. Counting first leaves no gap in which many
 * guesses at once are let through.
 */
final class FailureTally {
    private static final int CAPACITY = 200_000;
    private static final EntryKind ADDRESSES = new EntryKind("human.address", CAPACITY);
    private static final EntryKind SUBJECTS = new EntryKind("human.subject", CAPACITY);

    private record Key(EntryKind kind, String entry) {}

    /**
     * An attempt that was counted.
     *
     * @param before the failures, and attempts under way, that there were already
     */
    record Attempt(List<Key> keys, int before) {}

    private final ExpiringStore store;
    private final Duration window;

    FailureTally(ExpiringStore store, Duration window) {
        this.store = store;
        this.window = window;
    }

    Attempt begin(HumanEntry entry, RequestContext context) {
        List<Key> keys = new ArrayList<>();
        String device = entry.knownDevice().orElse("");
        String scope = context.tenant().value() + '|' + entry.purpose() + '|';
        keys.add(key(SUBJECTS, scope + entry.subject() + '|' + device));
        if (device.isEmpty()) {
            keys.add(key(ADDRESSES, scope + context.address().limitKey()));
        }
        long most = 0;
        for (Key key : keys) {
            most = Math.max(
                    most, store.increment(key.kind(), key.entry(), window).value());
        }
        return new Attempt(keys, (int) Math.min(Integer.MAX_VALUE, most - 1));
    }

    /** It was no attempt after all. */
    void takeBack(Attempt attempt) {
        attempt.keys().forEach(key -> store.decrement(key.kind(), key.entry()));
    }

    /** The name's failures are forgotten; the address keeps its own, or one good account would wash away all guesses at others. */
    void succeeded(Attempt attempt) {
        for (Key key : attempt.keys()) {
            if (key.kind().equals(SUBJECTS)) {
                store.remove(key.kind(), key.entry());
            } else {
                store.decrement(key.kind(), key.entry());
            }
        }
    }

    private static Key key(EntryKind kind, String text) {
        return new Key(kind, TokenHash.of(kind.name(), text));
    }
}
