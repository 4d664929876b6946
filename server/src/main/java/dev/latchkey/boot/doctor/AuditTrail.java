package dev.latchkey.boot.doctor;

import dev.latchkey.audit.VerifyReport;
import java.util.ArrayList;
import java.util.List;

/** The newest part of the trail is as it was written, and is being sealed. */
final class AuditTrail implements Check {
    private static final int BLOCKS = 100;

    @Override
    public String name() {
        return "audit trail";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .condition()
                .map(it -> judged(it.newestAudit(BLOCKS)))
                .orElse(List.of());
    }

    private List<Finding> judged(VerifyReport report) {
        List<Finding> findings = new ArrayList<>();
        if (!report.intact()) {
            findings.addAll(fail("The audit trail was altered: "
                    + report.findings().getFirst().message()
                    + " Keep the database as it is, run latchkey audit verify, and compare with a backup."));
        }
        if (report.overdue() > 0) {
            findings.addAll(warn(report.overdue()
                    + " audit events older than a minute are not sealed. A running server does that: is one running?"));
        }
        return findings.isEmpty()
                ? ok("The newest " + report.blocks()
                        + " blocks of the audit trail are as they were written. latchkey audit"
                        + " verify proves all of them.")
                : findings;
    }
}
