package dev.latchkey.boot.cli;

import dev.latchkey.audit.Checkpoint;
import dev.latchkey.audit.Finding;
import dev.latchkey.audit.VerifyReport;
import dev.latchkey.boot.Operations;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command
final class AuditVerifyCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "A checkpoint kept elsewhere (the last line of an export), which must be on the chain.")
    private Optional<Path> checkpoint = Optional.empty();

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    AuditVerifyCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        VerifyReport report;
        try (Operations operations = database.openForReading();
                ProgressLine progress = ProgressLine.of("Verifying", "blocks")) {
            report = operations.verifyAudit(checkpoint.map(Checkpoint::read), progress::at);
        }
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(summary(report)));
        } else {
            print(report);
        }
        return report.intact() ? ExitCode.OK : ExitCode.NO;
    }

    private void print(VerifyReport report) {
        report.notes().forEach(out::println);
        report.findings().stream().map(Finding::message).forEach(out::println);
        if (report.overdue() > 0) {
            out.println(report.overdue() + " events older than a minute are not sealed yet. Is a server running?");
        }
        out.println(
                report.intact()
                        ? "The audit trail is intact: " + report.rows() + " events in " + report.blocks()
                                + " blocks are as they were written; " + report.unsealed() + " are not sealed yet."
                        : "The audit trail was altered. Keep this database as it is and compare it with a backup.");
    }

    private static Map<String, Object> summary(VerifyReport report) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("intact", report.intact());
        summary.put("blocks", report.blocks());
        summary.put("events", report.rows());
        summary.put("unsealed", report.unsealed());
        summary.put("overdue", report.overdue());
        summary.put("findings", report.findings().stream().map(Finding::message).toList());
        summary.put("notes", report.notes());
        return summary;
    }
}
