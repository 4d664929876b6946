/**
 * What follows from a security event, in the transaction that records it.
 *
 * <p>Owns: {@link dev.latchkey.lifecycle.Aftermath}, one exhaustive switch from event to consequences;
 * {@link dev.latchkey.lifecycle.MailboxProof}, what the first proof of a mailbox leaves. Owns no table. No feature
 * can change a credential and forget what must follow, because recording the event is what makes it follow.
 *
 * <pre>
 * flow ─ tx ─ feature writes ─ audit.record(event) ─ Aftermath ─┬─ raise the user's epoch
 *                                                              ├─ end sessions and refresh families, void links
 *                                                              ├─ change-log row (other nodes refuse within a second)
 *                                                              └─ outbox mail with a way back
 * </pre>
 */
@NullMarked
package dev.latchkey.lifecycle;

import org.jspecify.annotations.NullMarked;
