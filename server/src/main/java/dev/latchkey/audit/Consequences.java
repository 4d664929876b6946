package dev.latchkey.audit;

import dev.latchkey.db.Tx;

/**
 * What must follow from an event: raised epochs, ended sessions, voided links, mails. Declared here and bound by the composition
 * root, so that nobody can record a credential change and forget what follows.
 */
@FunctionalInterface
public interface Consequences {
    /**
     * Runs in the transaction that records the event, and rolls back with it. Called for the types whose
     * {@link EventType#raisesConsequences()} holds; only SQL and {@link Tx#afterCommit}.
     */
    void apply(Tx tx, SecurityEvent event);
}
