package dev.latchkey.key;

import dev.latchkey.config.SettingsException;
import dev.latchkey.crypto.MasterKey;
import dev.latchkey.crypto.MasterKeyFile;
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
 * nobody else can read, so it does not start.
 */
public final class MasterKeyService {
    private static final Logger LOG = System.getLogger(MasterKeyService.class.getName());

    private final MasterKeyConfig config;
    private final Database db;
    private final MasterKeyFile file;
    private final Secrets secrets;
    private final Clock clock;
    private final MasterKeyStore store = new MasterKeyStore();

    public MasterKeyService(MasterKeyConfig config, Database db, Path dataDirectory, Secrets secrets, Clock clock) {
        this.config = config;
        this.db = db;
        this.file = new MasterKeyFile(dataDirectory);
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
        MasterKey key = find(recorded);
        List<MasterKey> previous = config.previousKeys();
        String sealedWith = recorded.orElseGet(() -> record(key));
        if (!key.id().equals(sealedWith)
                && previous.stream().noneMatch(it -> it.id().equals(sealedWith))) {
            throw refusal(
                    "The master key (" + key.id() + ") is not the one this database was sealed with (" + sealedWith
                            + "). Give that key as master-key, or, to change keys, as master-key-previous beside the new one.");
        }
        return new Sealer(secrets, key, previous);
    }

    private MasterKey find(Optional<String> recorded) {
        if (!config.key().isEmpty()) {
            return MasterKey.parse(config.key())
                    .orElseThrow(() -> refusal("master-key must be Base64 of exactly 32 bytes"));
        }
        if (file.exists()) {
            return read();
        }
        if (recorded.isPresent()) {
            throw refusal("The master key of this database (" + recorded.get() + ") is missing. Put the file "
                    + file.path()
                    + " back from your backup, or set LATCHKEY_MASTER_KEY. Without it sealed data cannot be read.");
        }
        return switch (db.engine()) {
            case SQLITE -> create();
            case POSTGRESQL ->
                throw refusal(
                        "PostgreSQL needs a master key: make one with \"openssl rand -base64 32\", keep it"
                                + " safe, and set it as LATCHKEY_MASTER_KEY (or its file as LATCHKEY_MASTER_KEY_FILE) on every server.");
        };
    }

    private MasterKey read() {
        if (file.isOpenToOthers()) {
            LOG.log(Level.WARNING, "The master key {0} can be read by others: run chmod 600 on it", file.path());
        }
        return file.read()
                .orElseThrow(() -> refusal("The file " + file.path()
                        + " does not hold a master key (Base64 of 32 bytes). Put it back from your backup."));
    }

    private MasterKey create() {
        MasterKey key = file.create(secrets);
        LOG.log(Level.INFO, "New master key in {0}: back it up, sealed data cannot be read without it", file.path());
        return key;
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
