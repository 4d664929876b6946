package dev.latchkey.key;

import dev.latchkey.db.Tx;

/** Tells every node, with the transaction that changed the master key, to {@link ResealService#follow}. */
@FunctionalInterface
public interface MasterKeyAnnouncement {
    void changed(Tx tx, String keyId);
}
