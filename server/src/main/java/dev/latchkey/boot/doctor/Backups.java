package dev.latchkey.boot.doctor;

import dev.latchkey.backup.BackupException;
import dev.latchkey.backup.BackupFile;
import dev.latchkey.core.FileFailure;
import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The age of the newest backup of a SQLite database, by what its manifest says: a name and a time any file can have. */
final class Backups implements Check {
    private static final Duration OLD = Duration.ofHours(26);

    @Override
    public String name() {
        return "backups";
    }

    @Override
    public List<Finding> run(Installation installation) {
        Optional<Path> folder = installation.backups();
        if (!(installation.configuration().database().address() instanceof SqliteFile)) {
            return folder.map(this::notLookedAt).orElse(List.of());
        }
        if (folder.isEmpty()) {
            return installation.isProduction()
                    ? warn("Nothing is known of backups. Run latchkey backup every day, and name their folder here with"
                            + " --backups.")
                    : ok("Nothing is known of backups; name their folder with --backups.");
        }
        return judged(folder.get(), installation.clock().instant());
    }

    private List<Finding> notLookedAt(Path folder) {
        return warn("Nothing in " + folder + " was looked at: --backups is for backups of SQLite, and this installation"
                + " is on PostgreSQL. See yourself that its dumps or base backups are made and can be restored; of the"
                + " archived log \"log archiving\" tells.");
    }

    /** A backup, and when it was taken. */
    private record Taken(Path file, Instant at) {}

    private List<Finding> judged(Path folder, Instant now) {
        List<Finding> findings = new ArrayList<>();
        Optional<Taken> newest = newest(folder, findings);
        if (newest.isEmpty()) {
            findings.addAll(
                    fail("There is no backup in " + folder + ". Run latchkey backup " + folder + ", every day."));
        } else if (newest.get().at().isBefore(now.minus(OLD))) {
            findings.addAll(fail("The newest backup, " + newest.get().file() + ", is of "
                    + newest.get().at() + ". See why none was made since; try a restore of it, too."));
        } else {
            findings.addAll(ok("The newest backup is " + newest.get().file() + ", of "
                    + newest.get().at() + "."));
        }
        return List.copyOf(findings);
    }

    /** No backup is newer than its file, so that few files must be opened. */
    private Optional<Taken> newest(Path folder, List<Finding> findings) {
        Optional<Taken> newest = Optional.empty();
        for (Path file : newestFirst(folder)) {
            Instant known = newest.map(Taken::at).orElse(Instant.MIN);
            if (!modified(file).isAfter(known)) {
                return newest;
            }
            Optional<Taken> taken = taken(file, findings);
            if (taken.isPresent() && taken.get().at().isAfter(known)) {
                newest = taken;
            }
        }
        return newest;
    }

    private Optional<Taken> taken(Path file, List<Finding> findings) {
        try {
            return Optional.of(new Taken(file, new BackupFile(file).manifest().takenAt()));
        } catch (BackupException useless) {
            findings.addAll(warn("This counts as no backup: " + useless.getMessage()));
        } catch (IOException unreadable) {
            findings.addAll(warn("Whether " + file + " is a backup cannot be told: "
                    + FileFailure.of(unreadable).reason() + ". Run this as a user who may read it."));
        }
        return Optional.empty();
    }

    private static List<Path> newestFirst(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".zip"))
                    .sorted(Comparator.comparing(Backups::modified).reversed())
                    .toList();
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
