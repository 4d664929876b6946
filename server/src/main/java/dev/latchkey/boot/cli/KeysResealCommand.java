package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import dev.latchkey.key.ResealReport;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command
final class KeysResealCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    KeysResealCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Operations operations = database.open()) {
            ResealReport report;
            try (ProgressLine progress = ProgressLine.of("Sealing", "values")) {
                report = operations.reseal(progress::at);
            }
            if (json) {
                out.println(JsonMapper.shared().writeValueAsString(summary(report)));
            } else {
                print(report);
            }
            return report.left() == 0 ? ExitCode.OK : ExitCode.NO;
        }
    }

    private void print(ResealReport report) {
        out.println(
                report.moved()
                        ? "The database was moved to the master key " + report.keyId() + "; " + report.sealed()
                                + " values were sealed anew."
                        : "The master key is " + report.keyId() + "; " + report.sealed() + " values were sealed anew.");
        if (report.left() > 0) {
            out.println(
                    report.left()
                            + " values are still under a former key. If a server was not restarted with both keys,"
                            + " do that and run this again; if they do not open, the log says which. Keep master-key-previous.");
            return;
        }
        if (!report.former().isEmpty()) {
            out.println("No former key is needed any more (" + String.join(", ", report.former())
                    + "). Take it out of master-key-previous and restart the servers one after another. Backups made before"
                    + " now still need it.");
        }
    }

    private static Map<String, Object> summary(ResealReport report) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("masterKey", report.keyId());
        summary.put("moved", report.moved());
        summary.put("sealed", report.sealed());
        summary.put("left", report.left());
        summary.put("former", report.former());
        return summary;
    }
}
