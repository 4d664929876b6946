package dev.latchkey.audit;

import dev.latchkey.core.UserId;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.db.Sql;
import java.util.Optional;

/** Seals and opens the personal part of rows. */
final class PersonalDataSealer {
    /** A sealed part and which key it is under. */
    record Sealed(PersonalData.Sealing sealing, byte[] blob) {}

    private final Sealer sealer;
    private final UserSalts salts;

    PersonalDataSealer(Sealer sealer, UserSalts salts) {
        this.sealer = sealer;
        this.salts = salts;
    }

    Sealed seal(Sql sql, String id, SecurityEvent event) {
        PersonalData data = new PersonalData(event.ip(), event.userAgent(), event.details());
        String place = place(event.tenant().value(), id);
        Optional<byte[]> salt = event.user().flatMap(user -> salts.of(sql, user));
        if (salt.isPresent()) {
            return new Sealed(
                    PersonalData.Sealing.USER, sealer.sealFor(salt.get(), SealPurpose.AUDIT, place, data.encode()));
        }
        // Where the user's salt is gone, nothing could ever shred this row: it keeps no address and no user agent.
        PersonalData kept = event.user().isPresent() ? data.withoutOrigin() : data;
        return new Sealed(PersonalData.Sealing.SERVER, sealer.seal(SealPurpose.AUDIT, place, kept.encode()));
    }

    /**
     * The personal part of a row; empty where the user's salt was erased.
     *
     * @throws dev.latchkey.crypto.SealBrokenException where the row is not as it was written
     */
    Optional<PersonalData> open(Sql sql, StoredEvent row) {
        String place = place(row.tenant(), row.id());
        if (row.sealing().equals(PersonalData.Sealing.SERVER.text())) {
            return Optional.of(PersonalData.decode(sealer.open(SealPurpose.AUDIT, place, row.personal())));
        }
        return row.user()
                .flatMap(user -> salts.of(sql, new UserId(user)))
                .map(salt -> PersonalData.decode(sealer.openFor(salt, SealPurpose.AUDIT, place, row.personal())));
    }

    private static String place(String tenant, String id) {
        return tenant + "|audit_event|personal|" + id;
    }
}
