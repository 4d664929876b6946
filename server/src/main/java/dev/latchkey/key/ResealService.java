package dev.latchkey.key;

import dev.latchkey.crypto.Resealed;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Moves a database to another master key while servers run. One transaction names the new key, and every server that has both
 * seals with it from then on; afterwards the values there are sealed anew, batch by batch. Whatever interrupts it, running it
 * again does the rest.
 */
public final class ResealService {
    private static final Logger LOG = System.getLogger(ResealService.class.getName());
    private static final int MOST_ROUNDS = 5;

    private final Database db;
    private final Sealer sealer;
    private final MasterKeyAnnouncement announcement;
    private final Clock clock;
    private final MasterKeyStore store = new MasterKeyStore();
    private volatile Optional<String> missing = Optional.empty();

    public ResealService(Database db, Sealer sealer, MasterKeyAnnouncement announcement, Clock clock) {
        this.db = db;
        this.sealer = sealer;
        this.announcement = announcement;
        this.clock = clock;
    }

    /** Seals with the master key that the database names; for the change log's listener. */
    public void follow() {
        String named = db.read(store::find).orElseThrow();
        if (sealer.knows(named)) {
            sealer.sealWith(named);
            missing = Optional.empty();
            return;
        }
        missing = Optional.of(named);
        LOG.log(
                Level.ERROR,
                "The database was moved to the master key {0}, which this server does not have. Restart it with that key as"
                        + " master-key and its present one in master-key-previous",
                named);
    }

    /** Why this server should get no traffic. */
    public Optional<String> problem() {
        return missing.map(key -> "the master key " + key + " is missing here: restart with it as master-key");
    }

    /** Former keys that may still be needed, by id. */
    public List<String> needed() {
        return db.read(store::formerKeys).stream()
                .filter(FormerKey::needed)
                .map(FormerKey::id)
                .toList();
    }

    /** Values that are under other master keys than the current one. */
    public long stale(List<SealedTable> tables) {
        return tables.stream().mapToLong(table -> db.read(table.stale()::apply)).sum();
    }

    /** Seals with the configured master key from now on, and anew whatever is under another. */
    public ResealReport reseal(List<SealedTable> tables, ResealReport.Progress progress) {
        follow();
        boolean moved = move(sealer.keyId(), sealer.wantedKeyId());
        follow();
        long done = 0;
        long left = stale(tables);
        // A server that had not heard yet may have sealed some more meanwhile.
        for (int round = 0; left > 0 && round < MOST_ROUNDS; round++) {
            long before = done;
            for (SealedTable table : tables) {
                done = walk(table, done, done + left, progress);
            }
            left = stale(tables);
            if (done == before) {
                break;
            }
        }
        List<String> former = left > 0 ? List.of() : released();
        return new ResealReport(sealer.keyId(), moved, done, left, former);
    }

    private boolean move(String from, String to) {
        if (from.equals(to)) {
            return false;
        }
        return db.tx(tx -> {
            if (!store.replace(tx, from, to)) {
                return false;
            }
            for (FormerKey former : store.formerKeys(tx)) {
                store.putFormer(tx, former.id(), former.needed(), sealer.keep(former.id(), to), clock.instant());
            }
            store.putFormer(tx, from, true, sealer.keep(from, to), clock.instant());
            store.deleteFormer(tx, to);
            announcement.changed(tx, to);
            return true;
        });
    }

    private long walk(SealedTable table, long done, long all, ResealReport.Progress progress) {
        long walked = done;
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            String from = next.get();
            Resealed batch = db.bulk((Tx tx) -> table.batch().apply(tx, from));
            if (batch.unreadable() > 0) {
                LOG.log(
                        Level.WARNING,
                        "{0} of the {1} do not open: they were changed, or need a master key that is not configured",
                        batch.unreadable(),
                        table.name());
            }
            walked += batch.values();
            progress.sealed(walked, Math.max(walked, all));
            next = batch.next();
        }
        return walked;
    }

    private List<String> released() {
        return db.tx(tx -> {
            store.release(tx);
            return store.formerKeys(tx).stream().map(FormerKey::id).toList();
        });
    }
}
