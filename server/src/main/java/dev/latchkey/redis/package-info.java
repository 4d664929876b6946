/**
 * Redis, where an operator has it: short-lived state that all nodes share, and a word to other nodes that something changed. One
 * server, Sentinel or Cluster.
 *
 * <p>Owns: the connections, the keys under {@code redis.prefix} and the scripts that read and write them. Does not own: what an
 * entry means (features), nor anything whose loss would mean <em>accept</em>: a Redis that was emptied costs people a second
 * try, never a protection.
 *
 * <p>Flow: {@link dev.latchkey.redis.Redis#start()} connects in the background and goes on trying for ever, so that a server
 * starts and serves without it; {@code store()} refuses with 503 meanwhile, and nobody waits for a Redis that does not answer:
 * the first time-out suspends all calls until a PING succeeds.
 *
 * <p>Every entry is a hash ({@code v}alue, {@code t}ally, {@code e}xpiry) and a member of its kind's index, which counts the
 * kind's capacity. Both carry one hash tag, so that a script touches one slot of a cluster only. Scripts judge time by the
 * caller's clock, as the other stores do; Redis' own expiry only tidies up.
 */
@NullMarked
package dev.latchkey.redis;

import org.jspecify.annotations.NullMarked;
