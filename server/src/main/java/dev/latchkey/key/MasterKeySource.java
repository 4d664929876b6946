package dev.latchkey.key;

import dev.latchkey.config.SettingsException;
import dev.latchkey.core.FileFailure;
import dev.latchkey.crypto.MasterKey;
import dev.latchkey.crypto.MasterKeyFile;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Engine;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the master keys come from: the configuration, a command, or the file in the data folder. */
final class MasterKeySource {
    private static final Logger LOG = System.getLogger(MasterKeySource.class.getName());

    private final MasterKeyConfig config;
    private final MasterKeyFile file;
    private final Secrets secrets;

    MasterKeySource(MasterKeyConfig config, Path dataDirectory, Secrets secrets) {
        this.config = config;
        this.file = new MasterKeyFile(dataDirectory);
        this.secrets = secrets;
    }

    /**
     * All keys at hand, the one to seal with first.
     *
     * @param recorded the id of the key the database is sealed with; only where there is none may one be made
     * @throws SettingsException when there is none, saying what to do
     */
    List<MasterKey> keys(Optional<String> recorded, Engine engine) {
        Stream<MasterKey> first = config.command().isEmpty()
                ? Stream.of(find(recorded, engine))
                : new MasterKeyCommand(config.command(), config.commandTimeout()).run().stream();
        return Stream.concat(first, config.previousKeys().stream()).toList();
    }

    private MasterKey find(Optional<String> recorded, Engine engine) {
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
        return switch (engine) {
            case SQLITE -> create();
            case POSTGRESQL ->
                throw refusal(
                        "PostgreSQL needs a master key: make one with \"openssl rand -base64 32\", keep it"
                                + " safe, and set it as LATCHKEY_MASTER_KEY (or its file as LATCHKEY_MASTER_KEY_FILE) on every server.");
        };
    }

    private MasterKey read() {
        try {
            if (file.isOpenToOthers()) {
                LOG.log(Level.WARNING, "The master key {0} can be read by others: run chmod 600 on it", file.path());
            }
            return file.read()
                    .orElseThrow(() -> refusal("The file " + file.path()
                            + " does not hold a master key (Base64 of 32 bytes). Put it back from your backup."));
        } catch (UncheckedIOException unreadable) {
            throw refusal("The master key file " + file.path() + " cannot be read: "
                    + FileFailure.of(unreadable).reason()
                    + ". Run this as the user that the server runs as, or give the file to this one (chown).");
        }
    }

    private MasterKey create() {
        MasterKey key = file.create(secrets);
        LOG.log(Level.INFO, "New master key in {0}: back it up, sealed data cannot be read without it", file.path());
        return key;
    }

    private static SettingsException refusal(String problem) {
        return new SettingsException(List.of(problem));
    }
}
