package dev.latchkey.key;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TenantId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.db.Database;
import dev.latchkey.jose.BroughtKey;
import dev.latchkey.jose.PublicJwk;
import dev.latchkey.jose.SignatureAlgorithm;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes over keys of a former system: a whole one signs here from then on, a public one is only published, so that applications go
 * on verifying the tokens it signed.
 */
public final class KeyImportService {
    private static final TenantId TENANT = TenantId.MAIN;
    /** Nothing that JSON would escape: the id stands in the header of every token. */
    private static final Pattern KID = Pattern.compile("[A-Za-z0-9._:+/=@~-]{1,128}");

    private static final Duration LONGEST_VERIFYING = Duration.ofDays(3 * 366);

    private final Database db;
    private final Sealer sealer;
    private final KeyService keys;
    private final KeyConfig config;
    private final Duration longestToken;
    private final KeyAnnouncement announcement;
    private final Clock clock;
    private final SigningKeyStore store = new SigningKeyStore();

    public KeyImportService(
            Database db,
            Sealer sealer,
            KeyService keys,
            KeyConfig config,
            Duration longestToken,
            KeyAnnouncement announcement,
            Clock clock) {
        this.db = db;
        this.sealer = sealer;
        this.keys = keys;
        this.config = config;
        this.longestToken = longestToken;
        this.announcement = announcement;
        this.clock = clock;
    }

    /**
     * Makes the key the next one to sign, after {@code keys.publish-ahead}, or with {@code now} the one that signs.
     *
     * @param kid as the former system named it; empty: the thumbprint
     * @throws Problem CONFLICT when the key or its id is known, or another key waits already; VALIDATION_ERROR for a bad id
     */
    public KeyInfo sign(BroughtKey brought, SignatureAlgorithm algorithm, Optional<String> kid, boolean now) {
        PrivateKey privateKey =
                brought.privateKey().orElseThrow(() -> refusal("A public key cannot sign; give the private one."));
        String id = checked(brought, algorithm, kid);
        KeySlot slot = new KeySlot(KeyUse.TOKEN, algorithm);
        NewKey key = NewKey.of(TENANT, slot, id, brought.publicKey(), privateKey, sealer);
        Instant time = clock.instant();
        Instant signsFrom = now ? time : time.plus(config.publishAhead());
        boolean inserted = db.tx(tx -> {
            if (!store.insert(tx, key, KeyState.NEXT, time, signsFrom, longestToken)) {
                return false;
            }
            announcement.changed(tx, TENANT, id, KeyState.NEXT);
            if (now) {
                keys.activateNext(tx, slot, Optional.empty(), time);
            }
            return true;
        });
        if (!inserted) {
            throw taken(id);
        }
        return imported(id);
    }

    /**
     * Publishes the public key until then. This server itself accepts nothing that it signed.
     *
     * @throws Problem as {@link #sign}; VALIDATION_ERROR also for a time that is past or more than three years away
     */
    public KeyInfo publish(BroughtKey brought, SignatureAlgorithm algorithm, Optional<String> kid, Instant until) {
        String id = checked(brought, algorithm, kid);
        Instant time = clock.instant();
        if (!until.isAfter(time) || until.isAfter(time.plus(LONGEST_VERIFYING))) {
            throw refusal("The key must be published for some time, and for three years at most.");
        }
        String jwk = PublicJwk.write(id, algorithm, brought.publicKey());
        boolean inserted = db.tx(tx -> {
            KeySlot slot = new KeySlot(KeyUse.FOREIGN, algorithm);
            if (!store.insertRetired(tx, TENANT, slot, id, jwk, time, until)) {
                return false;
            }
            announcement.changed(tx, TENANT, id, KeyState.RETIRED);
            return true;
        });
        if (!inserted) {
            throw taken(id);
        }
        return imported(id);
    }

    private String checked(BroughtKey brought, SignatureAlgorithm algorithm, Optional<String> kid) {
        if (!brought.algorithms().contains(algorithm)) {
            throw refusal("Such a key cannot be used with " + algorithm.joseName() + ".");
        }
        String id = kid.orElseGet(() -> PublicJwk.thumbprint(brought.publicKey()));
        if (!KID.matcher(id).matches()) {
            throw refusal("A key id is 1 to 128 letters, digits and . _ : + / = @ ~ - without spaces.");
        }
        keys.reload();
        Optional<KeyInfo> known = keys.holding(brought.publicKey());
        if (known.isPresent()) {
            throw conflict("This key is here already, as " + known.get().kid() + " ("
                    + known.get().state().stored() + ").");
        }
        return id;
    }

    private Problem taken(String id) {
        boolean sameId = keys.list().stream().anyMatch(key -> key.kid().equals(id));
        return conflict(
                sameId
                        ? "Another key has the id " + id + ". Give one with --kid."
                        : "Another key waits to be the next to sign. Let it take over first (latchkey keys rotate --now), or"
                                + " cut it off (latchkey keys cut-off).");
    }

    private KeyInfo imported(String id) {
        keys.reload();
        return keys.list().stream()
                .filter(key -> key.kid().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Problem refusal(String sentence) {
        return Problem.of(ErrorCode.VALIDATION_ERROR).message(sentence);
    }

    private static Problem conflict(String sentence) {
        return Problem.of(ErrorCode.CONFLICT).message(sentence);
    }
}
