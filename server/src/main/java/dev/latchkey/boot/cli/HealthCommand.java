package dev.latchkey.boot.cli;

import dev.latchkey.boot.OperationsListener;
import dev.latchkey.config.Settings;
import dev.latchkey.http.HttpConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Asks the server of this configuration on this machine how it is, by its operations listener. For health checks of container
 * platforms whose images have no HTTP client.
 */
@Command
final class HealthCommand implements Callable<Integer>, QuickArguments {
    private final PrintStream out;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    HealthCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public boolean take(String option, String value) {
        return options.take(option, value);
    }

    @Override
    public Integer call() {
        Settings settings = options.load(System.getenv());
        OperationsListener listener = new OperationsListener(HttpConfig.from(settings));
        URI address = listener.address()
                .orElseThrow(() -> new Refusal(
                        ExitCode.NO,
                        "The operations listener takes any free port, so nobody can ask it; set operations.port."));
        try {
            OperationsListener.Answer answer = listener.get("/health");
            out.println(answer.body());
            return answer.status() == 200 ? ExitCode.OK : ExitCode.NO;
        } catch (IOException failed) {
            throw new Refusal(
                    ExitCode.NO,
                    "No server answers at " + address + " (" + failed.getMessage()
                            + "). Is it running, with the same configuration?");
        }
    }
}
