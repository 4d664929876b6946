package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class AuditExportCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--to", paramLabel = "FILE", description = "A new file, of mode 0600. Default: standard output.")
    private Optional<Path> file = Optional.empty();

    AuditExportCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        try (Operations operations = database.open()) {
            if (file.isEmpty()) {
                Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                export(operations, writer);
                writer.flush();
                return ExitCode.OK;
            }
            long events;
            try (Writer writer = PrivateFile.write(file.get())) {
                events = export(operations, writer);
            }
            out.println(events + " events were written to " + file.get() + ".");
            return ExitCode.OK;
        }
    }

    private static long export(Operations operations, Writer writer) throws IOException {
        try (ProgressLine progress = ProgressLine.of("Exporting", "events")) {
            long all = operations.countAudit();
            return operations.exportAudit(writer, done -> progress.at(done, Math.max(all, done)));
        }
    }
}
