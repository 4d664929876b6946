package dev.latchkey.key;

import dev.latchkey.crypto.Resealed;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A table with sealed values, as its owner offers it.
 *
 * @param name what it holds, for people
 * @param stale how many values are under another master key than the current one
 * @param batch seals some of them anew, from a position on; the empty text is the table's beginning
 */
public record SealedTable(String name, Function<Sql, Long> stale, BiFunction<Tx, String, Resealed> batch) {}
