package dev.latchkey.crash;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a run came to, for whoever reads its report. */
final class Tally {
    private final long startedAt = System.nanoTime();
    private final Map<String, Integer> blows = new TreeMap<>();
    private final Set<String> counted = new HashSet<>();
    private final Map<Act, Integer> acknowledged = new EnumMap<>(Act.class);
    private Duration longestRecovery = Duration.ZERO;
    private int unanswered;
    private long auditRows;

    /** @param recovery until the server served again without a restart; zero where it was restarted */
    void round(List<Part> blow, List<Account> accounts, Duration recovery) {
        longestRecovery = recovery.compareTo(longestRecovery) > 0 ? recovery : longestRecovery;
        blows.merge(blow.toString(), 1, Integer::sum);
        for (Account account : accounts) {
            unanswered += account.pending().isPresent() ? 1 : 0;
            account.acknowledged().forEach((request, act) -> {
                if (counted.add(request)) {
                    acknowledged.merge(act, 1, Integer::sum);
                }
            });
        }
    }

    void auditRows(long rows) {
        auditRows = rows;
    }

    int unanswered() {
        return unanswered;
    }

    Map<String, String> figures(String name, long seed) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("run", name);
        figures.put("seed", Long.toString(seed));
        figures.put("rounds", blows.toString());
        figures.put("acknowledged", acknowledged.toString());
        figures.put("unanswered", Integer.toString(unanswered));
        figures.put("longest recovery in ms", Long.toString(longestRecovery.toMillis()));
        figures.put("audit rows", Long.toString(auditRows));
        figures.put("seconds", Long.toString((System.nanoTime() - startedAt) / 1_000_000_000));
        return figures;
    }
}
