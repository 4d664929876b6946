package dev.latchkey.boot.doctor;

import dev.latchkey.crypto.MasterKeyFile;
import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A key beside the lock it opens protects nothing: a copy of the folder, or of the disk, has both. */
final class MasterKeyPlace implements Check {
    @Override
    public String name() {
        return "master key place";
    }

    @Override
    public List<Finding> run(Installation installation) {
        Path folder = installation.configuration().database().dataDirectory();
        if (!installation.configuration().masterKey().isInDataDirectory()) {
            return ok("The master key comes from the configuration, not from the data folder.");
        }
        MasterKeyFile file = new MasterKeyFile(folder);
        if (!file.exists()) {
            return installation.configuration().database().address() instanceof SqliteFile
                    ? ok("There is no master key yet; the first start makes one.")
                    : fail(
                            "There is no master key. Make one with \"openssl rand -base64 32\" and set LATCHKEY_MASTER_KEY on"
                                    + " every server.");
        }
        if (file.isOpenToOthers()) {
            return fail(
                    "Others may read " + file.path() + ". Run chmod 600 on it, and change the key if somebody did.");
        }
        if (besideDatabase(installation, file.path())) {
            String advice = "The master key (" + file.path()
                    + ") is on the disk of the database it seals: one stolen copy or backup has both. Give it by"
                    + " LATCHKEY_MASTER_KEY_FILE from elsewhere, or by master-key-command.";
            return installation.isProduction() ? warn(advice) : ok("The master key is " + file.path() + ".");
        }
        return ok("The master key is " + file.path() + ", apart from the database.");
    }

    private static boolean besideDatabase(Installation installation, Path key) {
        if (installation.configuration().database().address() instanceof SqliteFile sqlite
                && Files.exists(sqlite.file())) {
            try {
                return Files.getFileStore(sqlite.file()).equals(Files.getFileStore(key));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return false;
    }
}
