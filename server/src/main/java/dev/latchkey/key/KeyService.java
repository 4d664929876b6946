package dev.latchkey.key;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TenantId;
import dev.latchkey.crypto.Resealed;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.jose.PublicJwk;
import dev.latchkey.jose.SignatureAlgorithm;
import dev.latchkey.jose.SignatureProvider;
import dev.latchkey.jose.SigningKey;
import dev.latchkey.jose.VerificationKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The signing keys of the server. Everything a request needs is answered from memory; {@link #reload} follows the database when
 * the change log says so, and {@link #tick}, called every minute or so, moves keys on when their time has come. Any number of
 * nodes may do so at once.
 */
public final class KeyService {
    private static final Logger LOG = System.getLogger(KeyService.class.getName());
    private static final TenantId TENANT = TenantId.MAIN;
    private static final int RESEAL_BATCH = 100;

    private final Database db;
    private final Sealer sealer;
    private final SignatureProvider provider;
    private final KeyConfig config;
    private final Duration longestToken;
    private final KeyAnnouncement announcement;
    private final Clock clock;
    private final SigningKeyStore store = new SigningKeyStore();
    private final Object loading = new Object();
    private final Object creating = new Object();
    private volatile KeyRing ring;

    /** @param longestToken the longest life of anything signed with a {@link KeyUse#TOKEN} key */
    public KeyService(
            Database db,
            Sealer sealer,
            SignatureProvider provider,
            KeyConfig config,
            Duration longestToken,
            KeyAnnouncement announcement,
            Clock clock) {
        this.db = db;
        this.sealer = sealer;
        this.provider = provider;
        this.config = config;
        this.longestToken = longestToken;
        this.announcement = announcement;
        this.clock = clock;
        this.ring = new KeyRing(List.of(), Optional.empty(), provider, Instant.MIN);
    }

    /** Loads the keys and makes the first one where there is none. */
    public void start() {
        reload();
        KeySlot tokens = new KeySlot(KeyUse.TOKEN, config.algorithm());
        if (ring.row(tokens, KeyState.ACTIVE).isEmpty()) {
            create(tokens);
        }
        if (ring.rows().stream().anyMatch(row -> row.mustOutlive(longestToken))) {
            db.tx(tx -> {
                store.raiseLongestToken(tx, TENANT, longestToken);
                return true;
            });
        }
    }

    /** Reads the keys again; for the change log's listener, and for commands that only read. */
    public void reload() {
        // Held during the read too, so that an older answer never replaces a newer one. Never held during a
        // transaction:
        // the change log may call this from the thread that commits.
        synchronized (loading) {
            List<KeyRow> rows = db.read(sql -> store.all(sql, TENANT));
            ring = new KeyRing(rows, Optional.of(ring), provider, clock.instant());
        }
    }

    /** The key to sign with now, of the configured algorithm. */
    public SigningKey signing(KeyUse use) {
        return signing(use, config.algorithm());
    }

    /** The key to sign with now; made at the first call for an algorithm nothing was signed with yet. */
    public SigningKey signing(KeyUse use, SignatureAlgorithm algorithm) {
        KeySlot slot = new KeySlot(use, algorithm);
        Optional<SigningKey> key = ring.signing(slot, this::open);
        if (key.isPresent()) {
            return key.get();
        }
        create(slot);
        return ring.signing(slot, this::open)
                .orElseThrow(() -> Problem.of(ErrorCode.SERVICE_UNAVAILABLE, "no signing key"));
    }

    /** The key whose signatures for this use are accepted now; empty also when it was cut off. */
    public Optional<VerificationKey> verification(KeyUse use, String kid) {
        return ring.verification(use, kid, clock.instant());
    }

    /** The public key as a JWK (RFC 7517), whatever its state. */
    public Optional<String> publicJwk(KeyUse use, String kid) {
        return ring.rows().stream()
                .filter(row -> row.info().use() == use && row.info().kid().equals(kid))
                .map(KeyRow::publicJwk)
                .findFirst();
    }

    /** The published key set as JSON (RFC 7517 section 5). Not to be changed. */
    public byte[] jwks() {
        return ring.jwks();
    }

    /** All keys still kept, newest first. */
    public List<KeyInfo> list() {
        return ring.rows().stream().map(KeyRow::info).toList();
    }

    /** Publishes a next key, which signs once {@code keys.publish-ahead} has passed; answers the one that waits already. */
    public KeyInfo rotate(KeyUse use) {
        KeySlot slot = new KeySlot(use, config.algorithm());
        publishNext(slot);
        return require(slot, KeyState.NEXT);
    }

    /**
     * Signs with another key at once. Applications that cached the key set refuse its tokens until they read it again, up to five
     * minutes.
     */
    public KeyInfo rotateNow(KeyUse use) {
        KeySlot slot = new KeySlot(use, config.algorithm());
        NewKey spare = NewKey.generate(TENANT, slot, sealer);
        Instant now = clock.instant();
        db.tx(tx -> {
            activateNext(tx, slot, Optional.of(spare), now);
            return true;
        });
        reload();
        return require(slot, KeyState.ACTIVE);
    }

    /**
     * Emergency: nothing this key signed is accepted any more, and if it was the active one another takes over at once.
     *
     * @throws Problem {@code NOT_FOUND} when there is no such key
     */
    public KeyInfo cutOff(String kid) {
        reload();
        KeyRow row = ring.rows().stream()
                .filter(it -> it.info().kid().equals(kid))
                .findFirst()
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND).message("There is no signing key " + kid + "."));
        NewKey spare = NewKey.generate(TENANT, row.slot(), sealer);
        Instant now = clock.instant();
        db.tx(tx -> {
            if (store.revoke(tx, TENANT, kid, now)) {
                announcement.changed(tx, TENANT, kid, KeyState.REVOKED);
            }
            if (row.info().use() != KeyUse.FOREIGN
                    && store.kid(tx, TENANT, row.slot(), KeyState.ACTIVE).isEmpty()) {
                activateNext(tx, row.slot(), Optional.of(spare), now);
            }
            return true;
        });
        reload();
        LOG.log(Level.WARNING, "Signing key {0} was cut off: tokens it signed are refused", kid);
        return list().stream().filter(it -> it.kid().equals(kid)).findFirst().orElseThrow();
    }

    /** Moves keys on whose time has come; asks the database nothing where none has. */
    public void tick() {
        Instant now = clock.instant();
        ring.rows().stream().filter(row -> row.isNextDue(now)).forEach(row -> takeOver(row, now));
        ring.rows().stream()
                .filter(row -> row.wantsSuccessor(now, config))
                .filter(row -> ring.row(row.slot(), KeyState.NEXT).isEmpty())
                .forEach(row -> publishNext(row.slot()));
        if (ring.rows().stream().anyMatch(row -> row.isExpired(now))) {
            db.tx(tx -> store.deleteExpired(tx, TENANT, now));
            reload();
        }
    }

    /** Private keys under another master key than the current one. */
    public long stale(Sql sql) {
        return store.stale(sql, sealer.prefix());
    }

    /** Seals a batch of them anew. */
    public Resealed reseal(Tx tx, String after) {
        List<SigningKeyStore.SealedRow> rows = store.stale(tx, sealer.prefix(), after, RESEAL_BATCH);
        return Resealed.batch(
                rows,
                RESEAL_BATCH,
                row -> store.reseal(
                        tx,
                        row,
                        sealer.reseal(SealPurpose.SIGNING_KEY, NewKey.place(row.tenant(), row.kid()), row.blob())),
                SigningKeyStore.SealedRow::position);
    }

    private void takeOver(KeyRow next, Instant now) {
        db.tx(tx -> {
            // Another node may have done it, and a later key be waiting already.
            if (next.info().kid().equals(store.lock(tx, TENANT, next.slot()).get(KeyState.NEXT))) {
                activateNext(tx, next.slot(), Optional.empty(), now);
            }
            return true;
        });
        reload();
        LOG.log(Level.INFO, "Signing key {0} is active now", next.info().kid());
    }

    private void create(KeySlot slot) {
        synchronized (creating) {
            reload();
            if (ring.row(slot, KeyState.ACTIVE).isPresent()) {
                return;
            }
            insert(slot, KeyState.ACTIVE, Duration.ZERO);
        }
    }

    private void publishNext(KeySlot slot) {
        insert(slot, KeyState.NEXT, config.publishAhead());
    }

    private void insert(KeySlot slot, KeyState state, Duration wait) {
        NewKey key = NewKey.generate(TENANT, slot, sealer);
        Instant now = clock.instant();
        boolean mine = db.tx(tx -> {
            boolean inserted = store.insert(tx, key, state, now, now.plus(wait), longestToken);
            if (inserted) {
                announcement.changed(tx, TENANT, key.kid(), state);
            }
            return inserted;
        });
        reload();
        if (mine) {
            LOG.log(
                    Level.INFO,
                    "New {0} signing key {1} for {2} ({3})",
                    slot.algorithm().joseName(),
                    key.kid(),
                    slot.use().stored(),
                    state);
        }
    }

    /** Only one of several nodes that try finds a next key to activate. */
    void activateNext(Tx tx, KeySlot slot, Optional<NewKey> spare, Instant now) {
        spare.ifPresent(key -> store.insert(tx, key, KeyState.NEXT, now, now, longestToken));
        Map<KeyState, String> locked = store.lock(tx, TENANT, slot);
        Optional<String> next = Optional.ofNullable(locked.get(KeyState.NEXT));
        if (next.isEmpty()) {
            return;
        }
        Optional<String> active = Optional.ofNullable(locked.get(KeyState.ACTIVE));
        if (active.isPresent() && store.retire(tx, TENANT, active.get(), now)) {
            announcement.changed(tx, TENANT, active.get(), KeyState.RETIRED);
        }
        if (store.activate(tx, TENANT, next.get(), now)) {
            announcement.changed(tx, TENANT, next.get(), KeyState.ACTIVE);
        }
    }

    private SigningKey open(KeyRow row) {
        byte[] sealed = row.sealedPrivate().orElseThrow();
        return new SigningKey(
                row.info().kid(), row.info().algorithm(), NewKey.open(TENANT, row.info(), sealed, sealer), provider);
    }

    /** Whether a key with this public half is kept, under whatever id and in whatever state. */
    Optional<KeyInfo> holding(PublicKey publicKey) {
        String thumbprint = PublicJwk.thumbprint(publicKey);
        return ring.rows().stream()
                .filter(row -> PublicJwk.thumbprint(
                                PublicJwk.read(row.publicJwk(), provider).publicKey())
                        .equals(thumbprint))
                .map(KeyRow::info)
                .findFirst();
    }

    private KeyInfo require(KeySlot slot, KeyState state) {
        return ring.row(slot, state).map(KeyRow::info).orElseThrow();
    }
}
