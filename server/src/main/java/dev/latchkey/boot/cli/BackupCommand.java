package dev.latchkey.boot.cli;

import dev.latchkey.backup.Manifest;
import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.Operations;
import dev.latchkey.core.Version;
import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class BackupCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Parameters(
            paramLabel = "TARGET",
            description = "A new file, or a folder that is there: the file is then named after the time.")
    private Path target = Path.of(".");

    @Option(names = "--json", description = "Print what was written as JSON.")
    private boolean json;

    BackupCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = database.configuration();
        PostgresAdvice.refuseBackup(configuration);
        requireDatabase(configuration);
        Path file = Files.isDirectory(target)
                ? target.resolve("latchkey-" + STAMP.format(Clock.systemUTC().instant()) + ".zip")
                : target;
        if (Files.exists(file)) {
            throw new Refusal(ExitCode.NO, "The file " + file + " exists already. Name another.");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new Refusal(ExitCode.NO, "There is no folder " + folder + ". Make it first.");
        }
        Manifest manifest;
        try (Operations operations = database.open();
                ProgressLine progress = ProgressLine.ofPhases()) {
            manifest = operations.backUp(file, Version.current(), database.shownSettings(), progress);
        }
        print(file, manifest);
        return ExitCode.OK;
    }

    /** Opening one that is not there would make it, and a backup of nothing look like a good one. */
    private static void requireDatabase(Configuration configuration) {
        if (configuration.database().address() instanceof SqliteFile sqlite && !Files.exists(sqlite.file())) {
            throw new Refusal(
                    ExitCode.NO,
                    "There is no database at " + sqlite.file().toAbsolutePath()
                            + ". Name the server's folder by --data, or run this with the server's configuration.");
        }
    }

    private void print(Path file, Manifest manifest) throws IOException {
        if (json) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("file", file.toAbsolutePath().toString());
            row.put("bytes", Files.size(file));
            row.put("takenAt", manifest.takenAt().toString());
            row.put("databaseBytes", manifest.bytes());
            row.put("sha256", manifest.sha256());
            row.put("masterKey", manifest.masterKey());
            Output.row(out, true, row);
            return;
        }
        Instant takenAt = manifest.takenAt();
        out.println("The backup is " + file + " (" + Files.size(file)
                + " bytes). It holds all that was acknowledged before " + takenAt
                + ", and was read again and found whole.");
        out.println("The master key (" + manifest.masterKey()
                + ") is not in it. Keep that elsewhere: without it what is sealed" + " in the backup cannot be read.");
    }
}
