/**
 * Short-lived state: login attempts, challenges, rate counters, caches. It may vanish with a crash, so only that lives here of
 * which losing an entry means <em>refuse</em>; what means <em>accept</em> when lost (revocations, spent codes) is SQL of its
 * feature.
 *
 * <p>Owns the table {@code ephemeral}. Does not own what an entry means, nor its capacity: each {@code EntryKind} is declared by
 * the feature that uses it.
 *
 * <p>Three homes under one contract test: memory (one node on SQLite), the database (several nodes on PostgreSQL) and Redis (package
 * {@code redis}). Never called inside a transaction.
 */
@NullMarked
package dev.latchkey.ephemeral;

import org.jspecify.annotations.NullMarked;
