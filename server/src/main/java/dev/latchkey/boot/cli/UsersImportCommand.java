package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import dev.latchkey.transfer.FileFormat;
import dev.latchkey.transfer.ImportListener;
import dev.latchkey.transfer.ImportOptions;
import dev.latchkey.transfer.ImportReport;
import dev.latchkey.transfer.UserFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command
final class UsersImportCommand implements Callable<Integer> {
    /** More would scroll the first ones away; all are in the file of rejected rows. */
    private static final int SHOWN = 20;

    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Parameters(paramLabel = "FILE", description = "A CSV or JSON lines file in UTF-8; - for standard input.")
    private String file = "";

    @Option(names = "--format", paramLabel = "csv|jsonl", description = "Default: by the end of the file's name.")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--update",
            description = "Bring accounts that are there already up to date, but for address and password."
                    + " Default: they stay as they are.")
    private boolean update;

    @Option(names = "--dry-run", description = "Check everything and write nothing.")
    private boolean dryRun;

    @Option(names = "--ignore-unknown", description = "Pass over columns that no user has.")
    private boolean ignoreUnknown;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Where rows go that cannot be taken, with the reason. Default: FILE.rejects.csv or .jsonl.")
    private Optional<Path> rejects = Optional.empty();

    @Option(names = "--json", description = "Print the counts as JSON.")
    private boolean json;

    UsersImportCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        FileFormat read = UserFiles.format(format, file);
        ImportOptions options = new ImportOptions(update, dryRun, ignoreUnknown);
        long lines = UserFiles.lines(file);
        Path rejectsFile = rejects.orElseGet(() -> usualRejects(read));
        if (Files.exists(rejectsFile)) {
            throw new Refusal(ExitCode.NO, "The file " + rejectsFile + " exists already. Name another with --rejects.");
        }
        ImportReport report;
        try (InputStream in = UserFiles.open(file);
                Operations operations = database.open();
                ProgressLine progress = ProgressLine.of(dryRun ? "Checking" : "Importing", "rows");
                Listener listener = new Listener(operations, progress, lines, rejectsFile)) {
            report = operations.importUsers(in, read, options, listener);
        } catch (UserFileException unusable) {
            throw new Refusal(ExitCode.NO, String.valueOf(unusable.getMessage()));
        }
        print(report, rejectsFile);
        return report.rejected() == 0 ? ExitCode.OK : ExitCode.NO;
    }

    /** A name that is free: an earlier file of rejected rows may be being mended. */
    private Path usualRejects(FileFormat read) {
        String beside = (file.equals(UserFiles.STANDARD_INPUT) ? "import" : file) + ".rejects";
        String end = "." + read.name().toLowerCase(Locale.ROOT);
        Path free = Path.of(beside + end);
        for (int number = 2; Files.exists(free); number++) {
            free = Path.of(beside + "-" + number + end);
        }
        return free;
    }

    private void print(ImportReport report, Path rejectsFile) {
        if (json) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("created", report.created());
            row.put("updated", report.updated());
            row.put("present", report.present());
            row.put("rejected", report.rejected());
            row.put("dryRun", dryRun);
            Output.row(out, true, row);
            return;
        }
        out.println((dryRun ? "Nothing was written. Of " : "Of ") + report.rows() + " rows " + report.created()
                + (dryRun ? " would be new users, " : " are new users, ") + report.updated()
                + (dryRun ? " would be looked at for changes, " : " brought users up to date, ") + report.present()
                + " were there already, " + report.rejected() + " were rejected.");
        if (report.rejected() > 0) {
            out.println("The rejected rows are in " + rejectsFile
                    + ", each with what is wrong. Mend them there and import that file.");
        }
    }

    private static final class Listener implements ImportListener, AutoCloseable {
        private final boolean polite;
        private final ProgressLine progress;
        private final long lines;
        private final Path rejectsFile;
        private @Nullable Writer rejects;
        private long shown = 0;

        Listener(Operations operations, ProgressLine progress, long lines, Path rejectsFile) {
            this.polite = operations.besideServer();
            this.progress = progress;
            this.lines = lines;
            this.rejectsFile = rejectsFile;
        }

        @Override
        public void done(long rows) {
            progress.at(rows, Math.max(lines, rows));
        }

        /** SQLite gives its lock to whoever asks next, and a waiting server asks less and less often. */
        @Override
        public void paused(Duration held) {
            if (polite) {
                LockSupport.parkNanos(held.toNanos());
            }
        }

        @Override
        public void rejected(long line, String because, String mendable, String header) {
            shown++;
            if (shown <= SHOWN) {
                System.err.println("Line " + line + ": " + because);
            } else if (shown == SHOWN + 1) {
                System.err.println("More rows are rejected; see " + rejectsFile + ".");
            }
            try {
                if (rejects == null) {
                    rejects = PrivateFile.write(rejectsFile);
                    rejects.write(header);
                }
                rejects.write(mendable);
                rejects.write('\n');
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public void close() throws IOException {
            if (rejects != null) {
                rejects.close();
            }
        }
    }
}
