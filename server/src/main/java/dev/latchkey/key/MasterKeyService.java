package dev.latchkey.key;

import dev.latchkey.config.SettingsException;
import dev.latchkey.crypto.MasterKey;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Finds the master key at start and proves that it is this database's. A server that began with another one would write what
 * nobody else can read, so it does not start. Which of several keys seals is what the database says, so that all servers agree
 * while their configuration changes one by one; {@link ResealService} changes it.
 */
public final class MasterKeyService {
    private static final Logger LOG = System.getLogger(MasterKeyService.class.getName());

    private final MasterKeySource source;
    private final Database db;
    private final Secrets secrets;
    private final Clock clock;
    private final MasterKeyStore store = new MasterKeyStore();

    public MasterKeyService(MasterKeyConfig config, Database db, Path dataDirectory, Secrets secrets, Clock clock) {
        this.source = new MasterKeySource(config, dataDirectory, secrets);
        this.db = db;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * The sealer of this server; the database must be migrated.
     *
     * @throws SettingsException when the key is missing or is not the one this database was sealed with, saying what to do
     */
    public Sealer open() {
        Optional<String> recorded = db.read(store::find);
        if (recorded.isEmpty() && !db.writable()) {
            throw refusal("No server has used this database yet, so it has no master key. Start the server once.");
        }
        List<MasterKey> keys = source.keys(recorded, db.engine());
        Sealer sealer = new Sealer(secrets, keys.getFirst(), keys.subList(1, keys.size()));
        String sealedWith = recorded.orElseGet(() -> record(keys.getFirst()));
        if (!sealer.knows(sealedWith)) {
            throw refusal("The master key (" + sealer.wantedKeyId() + ") is not the one this database was sealed with ("
                    + sealedWith
                    + "). Give that key as master-key, or, to change keys, as master-key-previous beside the new one.");
        }
        sealer.sealWith(sealedWith);
        for (FormerKey former : db.read(store::formerKeys)) {
            if (former.needed() && !sealer.knows(former.id())) {
                throw refusal("The master key " + former.id() + " may still be needed: \"latchkey keys reseal\" has not"
                        + " finished. Give it in master-key-previous and run that command.");
            }
            sealer.accept(former.id(), former.sealedKeys());
        }
        if (!sealedWith.equals(sealer.wantedKeyId())) {
            LOG.log(
                    Level.INFO,
                    "The database stays with the master key {0} until \"latchkey keys reseal\" moves it to {1}",
                    sealedWith,
                    sealer.wantedKeyId());
        }
        return sealer;
    }

    /** Whether the database was ever sealed, which a server's first start does. */
    public static boolean isRecorded(Database db) {
        return db.read(new MasterKeyStore()::find).isPresent();
    }

    private String record(MasterKey key) {
        return db.tx(tx -> {
            store.insertFirst(tx, key.id(), clock.instant());
            return store.find(tx).orElseThrow();
        });
    }

    private static SettingsException refusal(String problem) {
        return new SettingsException(List.of(problem));
    }
}
