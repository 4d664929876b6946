package dev.latchkey.boot.cli;

import dev.latchkey.backup.BackupFile;
import dev.latchkey.backup.Manifest;
import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.Restoration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class RestoreCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "What \"latchkey backup\" wrote.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--force", description = "Move a database that is there aside.")
    private boolean force;

    @Option(
            names = "--keep-sessions",
            description =
                    "Leave sessions, tokens, links and keys as they were at the time of the backup. Only where nothing was"
                            + " revoked or used since, as in a rehearsal.")
    private boolean keepSessions;

    @Option(
            names = "--in-place",
            description =
                    "Instead of FILE: the database was set back by other tools. Proves its audit trail and ends all"
                            + " sessions, tokens and links. No server may be running.")
    private boolean inPlace;

    RestoreCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (inPlace == file.isPresent()) {
            throw new Refusal(ExitCode.USAGE, "Give either the file of a backup or --in-place.");
        }
        Configuration configuration = database.configuration();
        return inPlace ? settle(configuration) : restore(configuration, new BackupFile(file.orElseThrow()));
    }

    private int restore(Configuration configuration, BackupFile backup) throws IOException {
        PostgresAdvice.refuseRestore(configuration);
        Restoration restoration = new Restoration(configuration, database::configurationOn, Clock.systemUTC());
        Manifest manifest = backup.manifest();
        Restoration.Report report;
        try (ProgressLine progress = ProgressLine.ofPhases()) {
            report = restoration.restore(backup, force, keepSessions, progress);
        }
        out.println("The database is what it was at " + manifest.takenAt() + ": whole, opened with its master key, "
                + report.events() + " audited events proved.");
        report.aside().ifPresent(aside -> out.println("What was there before is " + aside + "."));
        if (keepSessions) {
            out.println("Sessions and tokens of that time are in force again, also those that were ended since.");
        } else {
            sayEnded();
        }
        out.println(
                "What was changed since is not: passwords changed, users disabled or deleted, factors removed since then"
                        + " are as before. Go through your records of that time and repeat what matters.");
        return ExitCode.OK;
    }

    private int settle(Configuration configuration) {
        long events;
        try (ProgressLine progress = ProgressLine.ofPhases()) {
            events = Restoration.settle(configuration, Clock.systemUTC(), progress);
        }
        out.println(events + " audited events are proved.");
        sayEnded();
        return ExitCode.OK;
    }

    private void sayEnded() {
        out.println(
                "All sessions, refresh tokens, access tokens and mailed links are void, queued mails are dropped, and tokens"
                        + " are signed with new keys: everybody logs in again. Applications may refuse new tokens for up to five"
                        + " minutes, until they read the key set again.");
    }
}
