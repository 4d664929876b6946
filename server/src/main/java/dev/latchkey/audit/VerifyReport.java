package dev.latchkey.audit;

import java.util.List;
import java.util.Optional;

/**
 * What a verification found.
 *
 * @param blocks how many were walked
 * @param rows how many they cover
 * @param last the end of the chain; empty where nothing was sealed yet
 * @param findings what is wrong; at most {@value AuditVerifier#MAX_FINDINGS}
 * @param unsealed rows that no block covers yet
 * @param overdue those of them older than a minute, which a running server would have sealed
 * @param notes what is not wrong but good to know
 */
public record VerifyReport(
        long blocks,
        long rows,
        Optional<Checkpoint> last,
        List<Finding> findings,
        long unsealed,
        long overdue,
        List<String> notes) {
    /** Whether everything up to {@link #last} is as it was written. */
    public boolean intact() {
        return findings.isEmpty();
    }
}
