package dev.latchkey.audit;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row of {@code audit_event} as it stands in the table.
 *
 * @param at epoch milliseconds, the same as in the id
 * @param sealing {@link PersonalData.Sealing} as text
 * @param personal sealed {@link PersonalData}
 * @param block empty until the sealer took it
 */
record StoredEvent(
        String id,
        String tenant,
        Optional<String> organization,
        String name,
        long at,
        String outcome,
        Optional<String> user,
        String actorKind,
        Optional<String> actorId,
        String requestId,
        String sealing,
        byte[] personal,
        OptionalLong block) {}
