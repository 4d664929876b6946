/**
 * What every node must hear of: revocations, keys, clients, roles. A use case appends a {@link dev.latchkey.change.Change} in its
 * own transaction; every node delivers it to its listeners within a second, in commit order, also after a restart for as long as
 * it has not expired.
 *
 * <p>Owns the tables {@code change} and {@code change_head}. Does not own what a change means: the listeners do.
 *
 * <p>Flow: {@code append(tx, change)} → row written just before COMMIT → this node's listeners at once, the other nodes' when
 * their next poll (every 250 ms, every second where nobody asks) sees {@code seq > last}. NOTIFY and Redis only make that poll
 * come sooner. A node that cannot poll for more than a second refuses what rests on
 * being up to date ({@link dev.latchkey.change.ChangeLog#requireFresh()}) rather than accept a revoked thing.
 */
@NullMarked
package dev.latchkey.change;

import org.jspecify.annotations.NullMarked;
