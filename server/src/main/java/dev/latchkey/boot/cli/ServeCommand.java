package dev.latchkey.boot.cli;

import dev.latchkey.boot.App;
import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.logging.Logging;
import dev.latchkey.boot.logging.LoggingConfig;
import dev.latchkey.config.Settings;
import dev.latchkey.db.Migrations;
import dev.latchkey.db.ServerLock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the server until it is told to stop (SIGTERM or SIGINT), then finishes what is being served. */
@Command
final class ServeCommand implements Callable<Integer>, QuickArguments {
    static final String FILE = "latchkey.yaml";

    private final PrintStream out;
    private final Map<String, String> environment;
    private final Optional<Visit> visit;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--port", paramLabel = "N", description = "The port to listen on (server.port).")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "The folder of local state (data.directory).")
    private Optional<Path> data = Optional.empty();

    /** Somebody who comes once the server is ready, and after whom it ends. */
    interface Visit {
        void to(App app) throws IOException;
    }

    ServeCommand(PrintStream out) {
        this.out = out;
        this.environment = System.getenv();
        this.visit = Optional.empty();
    }

    /** A server for one visit, of which the machine's configuration knows nothing: its file is {@link #FILE} in its folder. */
    ServeCommand(PrintStream out, Path folder, Map<String, String> environment, Visit visit) {
        this.out = out;
        this.environment = environment;
        this.visit = Optional.of(visit);
        this.data = Optional.of(folder);
        this.port = Optional.of(0);
        options.usualFile(folder.resolve(FILE));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        port.ifPresent(number -> options.override("server.port", number.toString()));
        data.ifPresent(folder -> options.override("data.directory", folder.toString()));
        Settings settings = options.load(environment);
        Configuration configuration = Configuration.from(settings, environment);
        LoggingConfig logging = LoggingConfig.from(settings);
        Logging.install(logging, configuration.profile());
        Path folder = configuration.database().dataDirectory();
        ServerLock lock = ServerLock.take(folder);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        // The hook waits for the closing below: the process must not end before what is in flight was answered. So it
        // is there only once that closing is sure to come.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(asked, closed), "stop"));
        try {
            Migrations.of(configuration.database()).migrate();
            try (App app = new App(configuration, Clock.systemUTC())) {
                app.start();
                new Greeting(out, configuration, folder, logging.isJson(configuration.profile())).print(app);
                if (visit.isPresent()) {
                    visit.get().to(app);
                } else {
                    asked.await();
                }
            }
        } finally {
            lock.close();
            Logging.finish();
            closed.countDown();
        }
        return ExitCode.OK;
    }

    @Override
    public boolean take(String option, String value) {
        return switch (option) {
            case "--port" -> {
                options.override("server.port", value);
                yield true;
            }
            case "--data" -> {
                data = Optional.of(Path.of(value));
                yield true;
            }
            default -> options.take(option, value);
        };
    }

    private static void stop(CountDownLatch asked, CountDownLatch closed) {
        asked.countDown();
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
