package dev.latchkey.boot.doctor;

import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A full disk stops every write. */
final class DiskSpace implements Check {
    private static final long LITTLE = 1L << 30;
    private static final long NOTHING = 100L << 20;

    @Override
    public String name() {
        return "disk space";
    }

    @Override
    public List<Finding> run(Installation installation) {
        Path place = installation.configuration().database().address() instanceof SqliteFile sqlite
                ? sqlite.file()
                : installation.configuration().database().dataDirectory();
        if (!Files.exists(place)) {
            return List.of();
        }
        try {
            FileStore store = Files.getFileStore(place);
            return judged(place, store.getUsableSpace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Finding> judged(Path place, long free) {
        String room = (free >> 20) + " MiB are free where " + place + " is";
        if (free < NOTHING) {
            return fail(room + ": writes are about to fail. Make room now.");
        }
        return free < LITTLE ? warn(room + ". Make room.") : ok(room + ".");
    }
}
