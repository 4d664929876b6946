package dev.latchkey.boot.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long what was stolen is of use. */
final class TokenLifetimes implements Check {
    private static final Duration ACCESS = Duration.ofHours(1);
    private static final Duration REFRESH = Duration.ofDays(30);

    @Override
    public String name() {
        return "token lifetimes";
    }

    @Override
    public List<Finding> run(Installation installation) {
        Duration access = installation.configuration().tokens().accessTtl();
        Duration refresh = installation.configuration().grants().lifetime(false);
        List<Finding> findings = new ArrayList<>();
        if (access.compareTo(ACCESS) > 0) {
            findings.addAll(warn("Access tokens live " + access.toMinutes()
                    + " minutes; applications that check them by themselves accept a revoked one for that long. 15m is usual"
                    + " (token.access-ttl)."));
        }
        if (refresh.compareTo(REFRESH) > 0) {
            findings.addAll(warn("A login lasts " + refresh.toDays()
                    + " days without \"remember me\". 7d is usual (token.refresh-ttl)."));
        }
        return findings.isEmpty()
                ? ok("Access tokens live " + access.toMinutes() + " minutes, logins " + refresh.toDays() + " days.")
                : findings;
    }
}
