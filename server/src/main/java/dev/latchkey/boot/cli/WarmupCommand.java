package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.KnownSettings;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsLoader;
import dev.latchkey.db.Migrations;
import dev.latchkey.db.SqliteLibrary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts a server on a throw-away data folder, first as a new one and then as an existing one, and calls it over loopback, so
 * that a JVM that records what it loads learns what a start and the first requests need. Reads no configuration of the machine.
 */
@Command
final class WarmupCommand implements Callable<Integer>, QuickArguments {
    /** From each of the places that settings come from, so that reading all of them is learnt. */
    private static final Map<String, String> ENVIRONMENT = Map.of("LATCHKEY_LOGIN_FAILURE_FLOOR", "0ms");

    private static final String FILE = """
            version: 1
            limits:
              enabled: false
            password:
              breach-check: false
            """;

    private final PrintStream out;

    @Option(
            names = "--natives",
            paramLabel = "DIR",
            description = "Also unpack the native libraries a start needs there.")
    private Optional<Path> natives = Optional.empty();

    @Option(
            names = "--schema",
            paramLabel = "DIR",
            description =
                    "Only make a new database in DIR, for a later warm-up with --data DIR: what migrates a database"
                            + " is then not among what is learnt.")
    private Optional<Path> schema = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder that --schema made, instead of one of its own. It is deleted in the end.")
    private Optional<Path> data = Optional.empty();

    WarmupCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public boolean take(String option, String value) {
        switch (option) {
            case "--natives" -> natives = Optional.of(Path.of(value));
            case "--schema" -> schema = Optional.of(Path.of(value));
            case "--data" -> data = Optional.of(Path.of(value));
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (schema.isPresent()) {
            Settings settings = new SettingsLoader(KnownSettings.all())
                    .overrides(Map.of("data.directory", schema.get().toString()))
                    .load();
            Migrations.of(Configuration.from(settings, Map.of()).database()).migrate();
            return ExitCode.OK;
        }
        if (natives.isPresent()) {
            SqliteLibrary.unpackInto(natives.get());
        }
        Path folder = data.isPresent() ? data.get() : Files.createTempDirectory("latchkey-warmup");
        try {
            serve(folder);
            serve(folder);
        } finally {
            delete(folder);
        }
        out.println("Warmed up.");
        return ExitCode.OK;
    }

    /** As an operator's command would, so that what a start runs through is learnt to its last line. */
    private void serve(Path folder) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(ServeCommand.FILE), FILE);
        new ServeCommand(
                        out,
                        folder,
                        ENVIRONMENT,
                        app -> new WarmupVisit(app.server().port()).run())
                .call();
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
