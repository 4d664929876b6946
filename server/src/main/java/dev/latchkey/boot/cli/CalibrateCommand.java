package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.config.DurationText;
import dev.latchkey.config.Settings;
import dev.latchkey.password.Argon2Cost;
import dev.latchkey.password.Argon2Parameters;
import dev.latchkey.password.Calibration;
import dev.latchkey.password.CalibrationService;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command
final class CalibrateCommand implements Callable<Integer> {
    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofSeconds(5);

    private final PrintStream out;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--target",
            paramLabel = "TIME",
            description = "How long one hash may take while all hashing threads are busy. Default: ${DEFAULT-VALUE}.")
    private String target = "250ms";

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            description = "What all hashing threads together may hold. Default: ${DEFAULT-VALUE}.")
    private long memoryMib = 512;

    @Option(names = "--json", description = "Print the measurements as JSON.")
    private boolean json;

    CalibrateCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Duration wanted = target();
        Settings settings = options.load(System.getenv());
        Configuration configuration = Configuration.from(settings, System.getenv());
        Calibration calibration;
        try (ProgressLine progress = ProgressLine.of("Measuring", "memory sizes")) {
            calibration = new CalibrationService(configuration.passwords(), memoryMib).run(wanted, progress::at);
        }
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(summary(calibration)));
        } else {
            print(calibration);
        }
        return ExitCode.OK;
    }

    private Duration target() {
        try {
            Duration wanted = DurationText.parse(target);
            if (wanted.compareTo(LEAST) >= 0 && wanted.compareTo(MOST) <= 0) {
                return wanted;
            }
        } catch (IllegalArgumentException notATime) {
            throw new Refusal(ExitCode.USAGE, "--target " + notATime.getMessage() + ".");
        }
        throw new Refusal(ExitCode.USAGE, "--target must be from 10ms to 5s.");
    }

    private void print(Calibration calibration) {
        int threads = calibration.threads();
        out.println("Argon2id (" + calibration.implementation() + "), " + threads
                + " hashes at a time, as the server computes them (password.hashing-threads).");
        out.println();
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(row(calibration.inForce(), threads, "in force"));
        calibration
                .measured()
                .forEach(cost -> rows.add(row(cost, threads, cost.equals(calibration.chosen()) ? "chosen" : "")));
        Output.rows(out, false, rows);
        out.println();
        if (!calibration.withinTarget()) {
            out.println("Even the least that is safe takes longer than " + target
                    + " here. Use it all the same, or a faster machine; fewer password.hashing-threads make each hash"
                    + " quicker if other work fills the cores.");
        }
        Argon2Parameters chosen = calibration.chosen().parameters();
        out.println("For latchkey.yaml, on every server; existing passwords are hashed anew at their next login:");
        out.println();
        out.println("password:");
        out.println("  argon2-memory-kib: " + chosen.memoryKib());
        out.println("  argon2-iterations: " + chosen.iterations());
        out.println("  argon2-parallelism: " + chosen.parallelism());
        out.println();
        out.println("That is " + rate(calibration.chosen()) + " logins a second at most, and "
                + calibration.chosen().memoryMib(threads) + " MiB while all threads hash.");
    }

    private static Map<String, Object> row(Argon2Cost cost, int threads, String note) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("memory", cost.parameters().memoryKib() / 1024 + " MiB");
        row.put("passes", cost.parameters().iterations());
        row.put("lanes", cost.parameters().parallelism());
        row.put("alone", cost.alone().toMillis() + " ms");
        row.put("busy", cost.busy().toMillis() + " ms");
        row.put("logins/s", rate(cost));
        row.put("held", cost.memoryMib(threads) + " MiB");
        row.put("", note);
        return row;
    }

    private static String rate(Argon2Cost cost) {
        return String.format(Locale.ROOT, cost.perSecond() < 10 ? "%.1f" : "%.0f", cost.perSecond());
    }

    private static Map<String, Object> summary(Calibration calibration) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("implementation", calibration.implementation());
        summary.put("threads", calibration.threads());
        summary.put("withinTarget", calibration.withinTarget());
        summary.put("inForce", values(calibration.inForce()));
        summary.put("chosen", values(calibration.chosen()));
        summary.put(
                "measured",
                calibration.measured().stream().map(CalibrateCommand::values).toList());
        return summary;
    }

    private static Map<String, Object> values(Argon2Cost cost) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("memoryKib", cost.parameters().memoryKib());
        values.put("iterations", cost.parameters().iterations());
        values.put("parallelism", cost.parameters().parallelism());
        values.put("aloneMillis", cost.alone().toMillis());
        values.put("busyMillis", cost.busy().toMillis());
        values.put("perSecond", cost.perSecond());
        return values;
    }
}
