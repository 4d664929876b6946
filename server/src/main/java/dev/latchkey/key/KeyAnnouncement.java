package dev.latchkey.key;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Tx;

/** Tells every node, with the transaction that changed a key, to {@link KeyService#reload}; bound to the change log. */
@FunctionalInterface
public interface KeyAnnouncement {
    void changed(Tx tx, TenantId tenant, String kid, KeyState state);
}
