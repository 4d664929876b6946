/**
 * Transactions on SQLite and PostgreSQL behind one {@link dev.latchkey.db.Database}.
 *
 * <p>Owns: connections, the single SQLite writer with its group commit, the PostgreSQL pool, retries, migrations and the
 * portable SQL they are written in, the lock on the data folder, the reaper of expired rows. Does not own: any feature's tables or statements, which stand in that feature's
 * {@code *Store}.
 *
 * <p>Flow: a use case calls {@code db.tx(tx -> ...)}; its stores run statements on {@code tx.handle()}; after COMMIT the hooks
 * of {@code tx.afterCommit} run, then the caller gets its value. Only SQL happens inside the closure: it may run again.
 */
@NullMarked
package dev.latchkey.db;

import org.jspecify.annotations.NullMarked;
