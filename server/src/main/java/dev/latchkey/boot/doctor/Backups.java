package dev.latchkey.boot.doctor;

import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The age of the newest backup of a SQLite database. */
final class Backups implements Check {
    private static final Duration OLD = Duration.ofHours(26);

    @Override
    public String name() {
        return "backups";
    }

    @Override
    public List<Finding> run(Installation installation) {
        if (!(installation.configuration().database().address() instanceof SqliteFile)) {
            return List.of();
        }
        if (installation.backups().isEmpty()) {
            return installation.isProduction()
                    ? warn("Nothing is known of backups. Run latchkey backup every day, and name their folder here with"
                            + " --backups.")
                    : ok("Nothing is known of backups; name their folder with --backups.");
        }
        return judged(installation.backups().get(), installation.clock().instant());
    }

    private List<Finding> judged(Path folder, Instant now) {
        Optional<Path> newest = newest(folder);
        if (newest.isEmpty()) {
            return fail("There is no backup in " + folder + ". Run latchkey backup " + folder + ", every day.");
        }
        Instant taken = modified(newest.get());
        if (taken.isBefore(now.minus(OLD))) {
            return fail("The newest backup, " + newest.get() + ", is of " + taken
                    + ". See why none was made since; try a restore of it, too.");
        }
        return ok("The newest backup is " + newest.get() + ", of " + taken + ".");
    }

    private static Optional<Path> newest(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".zip"))
                    .max(Comparator.comparing(Backups::modified));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
