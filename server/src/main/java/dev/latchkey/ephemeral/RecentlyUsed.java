package dev.latchkey.ephemeral;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a bounded number of values in this process's memory. What was used since it was remembered stays, at the cost of what
 * was not: any number of keys that come once do not push out those that come again. Finding takes no lock.
 */
public final class RecentlyUsed<K, V> {
    /** A key may lie in one of so many places; the fewer, the sooner a table that is not full forgets something. */
    private static final int WAYS = 8;

    private static final long SPREADING = 0x9E3779B97F4A7C15L;

    private static final class Entry<K, V> {
        private final K key;
        private final V value;
        // A race may lose a mark, and with it one use.
        private boolean used;

        Entry(K key, V value) {
            this.key = key;
            this.value = value;
        }
    }

    private final AtomicReferenceArray<@Nullable Entry<K, V>> places;
    private final int sets;

    /** @param capacity the most values remembered, rounded down to a multiple of eight; 0 remembers nothing */
    public RecentlyUsed(int capacity) {
        this.sets = capacity / WAYS;
        this.places = new AtomicReferenceArray<>(sets * WAYS);
    }

    public Optional<V> find(K key) {
        if (sets == 0) {
            return Optional.empty();
        }
        int first = firstPlace(key);
        for (int place = first; place < first + WAYS; place++) {
            Entry<K, V> entry = places.get(place);
            if (entry != null && entry.key.equals(key)) {
                if (!entry.used) {
                    entry.used = true;
                }
                return Optional.of(entry.value);
            }
        }
        return Optional.empty();
    }

    /** Remembers the value, in the place of an older one of this key. */
    public synchronized void put(K key, V value) {
        if (sets > 0) {
            places.set(placeFor(key), new Entry<>(key, value));
        }
    }

    public synchronized void remove(K key) {
        if (sets == 0) {
            return;
        }
        int first = firstPlace(key);
        for (int place = first; place < first + WAYS; place++) {
            Entry<K, V> entry = places.get(place);
            if (entry != null && entry.key.equals(key)) {
                places.set(place, null);
            }
        }
    }

    public synchronized void clear() {
        for (int place = 0; place < places.length(); place++) {
            places.set(place, null);
        }
    }

    /** How many values are remembered; counts them. */
    public int size() {
        int size = 0;
        for (int place = 0; place < places.length(); place++) {
            size += places.get(place) == null ? 0 : 1;
        }
        return size;
    }

    /** The key's own place, else a free one, else that of a value nobody used lately; the others have to prove themselves anew. */
    private int placeFor(K key) {
        int first = firstPlace(key);
        int free = -1;
        int unused = -1;
        for (int place = first; place < first + WAYS; place++) {
            Entry<K, V> entry = places.get(place);
            if (entry == null) {
                free = place;
            } else if (entry.key.equals(key)) {
                return place;
            } else if (!entry.used) {
                unused = place;
            }
        }
        if (free >= 0) {
            return free;
        }
        return unused >= 0 ? unused : forgetUses(first);
    }

    private int forgetUses(int first) {
        for (int place = first; place < first + WAYS; place++) {
            Entry<K, V> entry = places.get(place);
            if (entry != null) {
                entry.used = false;
            }
        }
        return first;
    }

    private int firstPlace(K key) {
        // Hash codes of texts that are alike lie in a pattern; the upper bits of a product by an odd number do not.
        long spread = (key.hashCode() * SPREADING) >>> Integer.SIZE;
        return (int) (spread % sets) * WAYS;
    }
}
