package dev.latchkey.human;

import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import java.time.Duration;
import java.util.Optional;

/**
 * That an answer works once, on all nodes together. What was spent may be forgotten with the store; so every challenge names the
 * store's present generation, which is forgotten with it, and what names another one is refused.
 */
final class SpentAnswers {
    private static final EntryKind SPENT = new EntryKind("human.spent", 200_000);
    private static final EntryKind WAITED = new EntryKind("human.waited", 200_000);
    private static final EntryKind GENERATION = new EntryKind("human.generation", 8);
    private static final String CURRENT = "current";
    private static final int GENERATION_LENGTH = 16;
    private static final Duration GENERATION_LIFETIME = Duration.ofDays(1);

    private final ExpiringStore store;
    private final Secrets secrets;

    SpentAnswers(ExpiringStore store, Secrets secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    /** The generation that new challenges name. */
    String generation() {
        Optional<String> known = store.get(GENERATION, CURRENT);
        if (known.isPresent()) {
            return known.get();
        }
        // Of two nodes that begin one at once the later wins; the other's first challenge is then asked again.
        String fresh = secrets.token().substring(0, GENERATION_LENGTH);
        store.put(GENERATION, CURRENT, fresh, GENERATION_LIFETIME);
        return fresh;
    }

    boolean isCurrent(String generation) {
        return store.get(GENERATION, CURRENT).filter(generation::equals).isPresent();
    }

    /** Whether this was the first use; {@code lifetime} is at least as long as it could be used. */
    boolean spend(String answer, Duration lifetime) {
        return store.increment(SPENT, TokenHash.of(SPENT.name(), answer), lifetime)
                        .value()
                == 1;
    }

    /** Whether this address may have one more answer for its patience: one in each {@code wait}. */
    boolean mayWait(String address, Duration wait) {
        return store.increment(WAITED, TokenHash.of(WAITED.name(), address), wait)
                        .value()
                == 1;
    }
}
