package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.doctor.Examination;
import dev.latchkey.boot.doctor.Finding;
import dev.latchkey.boot.doctor.Installation;
import dev.latchkey.boot.logging.Logging;
import dev.latchkey.boot.logging.LoggingConfig;
import dev.latchkey.config.Settings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command
final class DoctorCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--data", paramLabel = "DIR", description = "The folder of local state (data.directory).")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--backups", paramLabel = "DIR", description = "The folder that backups are put into.")
    private Optional<Path> backups = Optional.empty();

    @Option(names = "--strict", description = "Exit 1 for warnings too.")
    private boolean strict;

    @Option(names = "--json", description = "Print a JSON array of {level, check, says}.")
    private boolean json;

    DoctorCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        data.ifPresent(folder -> options.override("data.directory", folder.toString()));
        Settings settings = options.load(System.getenv());
        Configuration configuration = Configuration.from(settings, System.getenv());
        Logging.install(LoggingConfig.from(settings), configuration.profile());
        List<Finding> findings;
        try (Installation installation = new Installation(configuration, settings, backups, Clock.systemUTC())) {
            findings = Examination.of(installation);
        }
        if (json) {
            out.println(JsonMapper.shared()
                    .writeValueAsString(
                            findings.stream().map(DoctorCommand::row).toList()));
        } else {
            print(findings);
        }
        long failures = count(findings, Finding.Level.FAIL);
        long warnings = count(findings, Finding.Level.WARN);
        return failures > 0 || (strict && warnings > 0) ? ExitCode.NO : ExitCode.OK;
    }

    private void print(List<Finding> findings) {
        int width = findings.stream().mapToInt(it -> it.check().length()).max().orElse(1);
        for (Finding finding : findings) {
            out.printf(
                    Locale.ROOT,
                    "%-4s  %-" + width + "s  %s%n",
                    label(finding.level()),
                    finding.check(),
                    finding.says());
        }
        out.println();
        out.println(count(findings, Finding.Level.FAIL) + " failures, " + count(findings, Finding.Level.WARN)
                + " warnings, " + count(findings, Finding.Level.OK) + " fine.");
    }

    private static String label(Finding.Level level) {
        return level == Finding.Level.OK ? "ok" : level.name();
    }

    private static long count(List<Finding> findings, Finding.Level level) {
        return findings.stream().filter(it -> it.level() == level).count();
    }

    private static Map<String, String> row(Finding finding) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("level", finding.level().name());
        row.put("check", finding.check());
        row.put("says", finding.says());
        return row;
    }
}
