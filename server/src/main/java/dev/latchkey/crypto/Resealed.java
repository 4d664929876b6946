package dev.latchkey.crypto;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What one batch of a walk along a table did that seals values anew.
 *
 * @param values how many are under the current master key now
 * @param unreadable values that do not open and were left as they are
 * @param next where the next batch begins; empty at the table's end
 */
public record Resealed(int values, int unreadable, Optional<String> next) {
    /**
     * Goes through a batch.
     *
     * @param rows whose values are stale; fewer than {@code limit} are the last
     * @param reseal seals a row's value anew and writes it; false where the row has changed meanwhile. May throw
     *     {@link SealBrokenException}
     * @param position what the next batch continues after
     */
    public static <R> Resealed batch(List<R> rows, int limit, Predicate<R> reseal, Function<R, String> position) {
        int values = 0;
        int unreadable = 0;
        for (R row : rows) {
            try {
                values += reseal.test(row) ? 1 : 0;
            } catch (SealBrokenException e) {
                unreadable++;
            }
        }
        return new Resealed(
                values,
                unreadable,
                rows.size() < limit ? Optional.empty() : Optional.of(position.apply(rows.getLast())));
    }
}
