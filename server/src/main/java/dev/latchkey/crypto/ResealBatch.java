package dev.latchkey.crypto;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Seals a batch of a table's values anew.
 *
 * @param <R> a row
 */
public final class ResealBatch<R> {
    private final Sealer sealer;
    private final SealPurpose purpose;
    private final Function<R, String> place;
    private final Function<R, byte[]> sealed;
    private final Function<R, String> position;

    /**
     * @param place the associated data of a row's value
     * @param position what the next batch continues after
     */
    public ResealBatch(
            Sealer sealer,
            SealPurpose purpose,
            Function<R, String> place,
            Function<R, byte[]> sealed,
            Function<R, String> position) {
        this.sealer = sealer;
        this.purpose = purpose;
        this.place = place;
        this.sealed = sealed;
        this.position = position;
    }

    /**
     * @param rows whose values are stale; fewer than {@code limit} are the last
     * @param replace writes a row's new value unless the row has another than before by now
     */
    public Resealed run(List<R> rows, int limit, BiPredicate<R, byte[]> replace) {
        int done = 0;
        int unreadable = 0;
        for (R row : rows) {
            try {
                if (replace.test(row, sealer.reseal(purpose, place.apply(row), sealed.apply(row)))) {
                    done++;
                }
            } catch (SealBrokenException e) {
                unreadable++;
            }
        }
        Optional<String> next = rows.size() < limit ? Optional.empty() : Optional.of(position.apply(rows.getLast()));
        return new Resealed(done, unreadable, next);
    }
}
