package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import dev.latchkey.transfer.FileFormat;
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
final class UsersExportCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--to", paramLabel = "FILE", description = "A new file, of mode 0600. Default: standard output.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "csv|jsonl",
            description = "Default: by the end of the file's name, else jsonl.")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--with-password-hashes",
            description = "Also write the hashes of passwords, which let whoever has the file guess at them.")
    private boolean hashes;

    UsersExportCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        FileFormat written = UserFiles.format(format, file.map(Path::toString).orElse(".jsonl"));
        try (Operations operations = database.open()) {
            if (file.isEmpty()) {
                Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                export(operations, writer, written);
                writer.flush();
                return ExitCode.OK;
            }
            long users;
            try (Writer writer = PrivateFile.write(file.get())) {
                users = export(operations, writer, written);
            }
            out.println(users + " users were written to " + file.get() + ".");
            return ExitCode.OK;
        }
    }

    private long export(Operations operations, Writer writer, FileFormat written) throws IOException {
        try (ProgressLine progress = ProgressLine.of("Exporting", "users")) {
            long all = operations.countUsers();
            return operations.exportUsers(writer, written, hashes, done -> progress.at(done, Math.max(all, done)));
        }
    }
}
