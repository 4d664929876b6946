package dev.latchkey.access;

import dev.latchkey.core.SessionId;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Ids of ended sessions, each until a time. Lies in one array of numbers, 36 to 48 bytes an id, because a server may hold a
 * hundred thousand for a quarter of an hour. Asking takes no lock.
 */
final class EndedSessions {
    private static final int FEWEST_SLOTS = 64;
    private static final long SPREADING = 0x9E3779B97F4A7C15L;

    /** Only ever added to, so that whoever reads it without a lock misses nothing that was there before. */
    private static final class Table {
        // Of each slot: until when in milliseconds since 1970, or 0 while it is free; then both halves of the id.
        private static final int WIDTH = 3;

        private final int slots;
        private final AtomicLongArray words;
        private int taken = 0;

        Table(int slots) {
            this.slots = slots;
            this.words = new AtomicLongArray(slots * WIDTH);
        }

        boolean isFull() {
            return taken >= slots / 3 * 2;
        }

        /** Where the id lies, or the free slot where it would. */
        int find(long high, long low) {
            long spread = ((high ^ low) * SPREADING) >>> Integer.SIZE;
            int slot = (int) ((spread * slots) >>> Integer.SIZE);
            while (until(slot) != 0 && !holds(slot, high, low)) {
                slot = slot + 1 == slots ? 0 : slot + 1;
            }
            return slot;
        }

        long until(int slot) {
            return words.getAcquire(slot * WIDTH);
        }

        void put(long high, long low, long until) {
            int slot = find(high, low);
            long before = until(slot);
            if (before == 0) {
                words.setPlain(slot * WIDTH + 1, high);
                words.setPlain(slot * WIDTH + 2, low);
                taken++;
            }
            // Last, for it is what makes the slot count.
            words.setRelease(slot * WIDTH, Math.max(before, until));
        }

        /** Copies what matters after {@code now}. */
        Table copy(long now, int size) {
            Table copy = new Table(Math.max(FEWEST_SLOTS, 2 * size));
            for (int slot = 0; slot < slots; slot++) {
                if (until(slot) >= now && until(slot) != 0) {
                    copy.put(words.getPlain(slot * WIDTH + 1), words.getPlain(slot * WIDTH + 2), until(slot));
                }
            }
            return copy;
        }

        int countSince(long now) {
            int count = 0;
            for (int slot = 0; slot < slots; slot++) {
                count += until(slot) >= now && until(slot) != 0 ? 1 : 0;
            }
            return count;
        }

        private boolean holds(int slot, long high, long low) {
            return words.getPlain(slot * WIDTH + 1) == high && words.getPlain(slot * WIDTH + 2) == low;
        }
    }

    private volatile Table table = new Table(FEWEST_SLOTS);

    boolean contains(SessionId session) {
        Table now = table;
        UUID id = UUID.fromString(session.value());
        return now.until(now.find(id.getMostSignificantBits(), id.getLeastSignificantBits())) != 0;
    }

    /** Whoever asks once this has returned finds the session. */
    synchronized void add(SessionId session, Instant until) {
        Table known = table;
        if (known.isFull()) {
            known = known.copy(Long.MIN_VALUE, known.taken);
            table = known;
        }
        UUID id = UUID.fromString(session.value());
        known.put(id.getMostSignificantBits(), id.getLeastSignificantBits(), Math.max(1, until.toEpochMilli()));
    }

    /** Forgets those whose time was before {@code now}, and gives their room back. */
    synchronized void prune(Instant now) {
        long millis = now.toEpochMilli();
        int left = table.countSince(millis);
        if (left < table.taken) {
            table = table.copy(millis, left);
        }
    }

    synchronized int size() {
        return table.taken;
    }
}
