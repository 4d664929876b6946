package dev.latchkey.key;

import dev.latchkey.jose.PublicJwk;
import dev.latchkey.jose.SignatureProvider;
import dev.latchkey.jose.SigningKey;
import dev.latchkey.jose.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The keys as they were at the last reload; what every request reads. Immutable but for keys being opened when first used, which costs time. */
final class KeyRing {
    private final SignatureProvider provider;
    private final List<KeyRow> rows;
    private final Map<String, Verifying> verifying = new HashMap<>();
    private final Map<KeySlot, Signing> signing = new HashMap<>();
    private final byte[] jwks;

    private static final class Verifying {
        private final KeyRow row;
        private volatile Optional<VerificationKey> read;

        Verifying(KeyRow row, Optional<VerificationKey> read) {
            this.row = row;
            this.read = read;
        }
    }

    private static final class Signing {
        private final KeyRow row;
        private volatile Optional<SigningKey> opened;

        Signing(KeyRow row, Optional<SigningKey> opened) {
            this.row = row;
            this.opened = opened;
        }
    }

    /** @param before whose opened keys are taken over */
    KeyRing(List<KeyRow> rows, Optional<KeyRing> before, SignatureProvider provider, Instant now) {
        this.provider = provider;
        this.rows = List.copyOf(rows);
        for (KeyRow row : rows) {
            String kid = row.info().kid();
            if (!row.is(KeyState.REVOKED)) {
                Optional<VerificationKey> read = before.flatMap(ring -> Optional.ofNullable(ring.verifying.get(kid)))
                        .flatMap(earlier -> earlier.read);
                verifying.put(kid, new Verifying(row, read));
            }
            if (row.is(KeyState.ACTIVE)) {
                signing.put(row.slot(), new Signing(row, before.flatMap(ring -> ring.opened(row))));
            }
        }
        this.jwks = jwks(rows, now);
    }

    List<KeyRow> rows() {
        return rows;
    }

    Optional<KeyRow> row(KeySlot slot, KeyState state) {
        return rows.stream()
                .filter(row -> row.slot().equals(slot) && row.is(state))
                .findFirst();
    }

    Optional<SigningKey> signing(KeySlot slot, Function<KeyRow, SigningKey> open) {
        Signing active = signing.get(slot);
        if (active == null) {
            return Optional.empty();
        }
        Optional<SigningKey> opened = active.opened;
        if (opened.isEmpty()) {
            // Two threads may both open it; both get the same key.
            opened = Optional.of(open.apply(active.row));
            active.opened = opened;
        }
        return opened;
    }

    Optional<VerificationKey> verification(KeyUse use, String kid, Instant now) {
        Verifying found = verifying.get(kid);
        if (found == null || found.row.info().use() != use || !found.row.verifiesAt(now)) {
            return Optional.empty();
        }
        Optional<VerificationKey> read = found.read;
        if (read.isEmpty()) {
            read = Optional.of(PublicJwk.read(found.row.publicJwk(), provider));
            found.read = read;
        }
        return read;
    }

    byte[] jwks() {
        return jwks;
    }

    private Optional<SigningKey> opened(KeyRow row) {
        Signing mine = signing.get(row.slot());
        if (mine == null || !mine.row.info().kid().equals(row.info().kid())) {
            return Optional.empty();
        }
        return mine.opened;
    }

    private static byte[] jwks(List<KeyRow> rows, Instant now) {
        List<String> published = new ArrayList<>();
        for (KeyRow row : rows) {
            if (row.info().use() != KeyUse.AUDIT && row.verifiesAt(now)) {
                published.add(row.publicJwk());
            }
        }
        return ("{\"keys\":[" + String.join(",", published) + "]}").getBytes(StandardCharsets.UTF_8);
    }
}
