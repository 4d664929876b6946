/**
 * What must leave this server because of a change, and exactly when that change is durable: mails now, other notifications
 * later.
 *
 * <p>Owns: table {@code outbox}, the lease by which one node sends a message, retries, dead letters. Does not own: what a
 * message says or how it travels ({@code mail} brings a {@link dev.latchkey.outbox.Delivery}).
 *
 * <pre>
 * use case's tx: enqueue ─ sealed row ─ COMMIT ─ wake
 *                                                 └─ dispatcher: claim (lease) ─ deliver ─┬─ delivered: row deleted
 *                                                                                         ├─ failed: later, ever longer
 *                                                                                         └─ refused, or tried enough: dead letter, 7 days
 * </pre>
 *
 * <p>A message is delivered at least once: a node that dies between sending and deleting leaves the row to the next.
 */
@NullMarked
package dev.latchkey.outbox;

import org.jspecify.annotations.NullMarked;
