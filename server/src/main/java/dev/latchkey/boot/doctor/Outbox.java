package dev.latchkey.boot.doctor;

import dev.latchkey.outbox.OutboxCounts;
import java.util.List;

/** What should have left and has not. */
final class Outbox implements Check {
    private static final long MANY = 1000;

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation.condition().map(it -> judged(it.outbox())).orElse(List.of());
    }

    private List<Finding> judged(OutboxCounts counts) {
        if (counts.dead() > 0) {
            return warn(counts.dead()
                    + " messages were given up within the last week. The server's log says why; latchkey mail test tries the"
                    + " mail server out.");
        }
        return counts.queued() > MANY
                ? warn(counts.queued() + " messages wait. Is a server running, and does the mail server take them?")
                : ok(counts.queued() + " messages wait to be sent, none was given up.");
    }
}
