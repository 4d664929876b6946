package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    @Option(names = "--to", paramLabel = "FILE", description = "Write there instead of to standard output.")
    private Optional<Path> file = Optional.empty();

    AuditExportCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        try (Operations operations = database.open()) {
            if (file.isPresent()) {
                long events;
                try (Writer writer = Files.newBufferedWriter(file.get(), StandardCharsets.UTF_8)) {
                    events = operations.exportAudit(writer);
                }
                out.println(events + " events were written to " + file.get() + ".");
                return ExitCode.OK;
            }
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            operations.exportAudit(writer);
            writer.flush();
        }
        return ExitCode.OK;
    }
}
