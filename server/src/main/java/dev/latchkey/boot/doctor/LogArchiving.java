package dev.latchkey.boot.doctor;

import dev.latchkey.db.DatabaseFacts;
import dev.latchkey.db.Engine;
import java.util.List;

/** PostgreSQL's way back to any moment. */
final class LogArchiving implements Check {
    @Override
    public String name() {
        return "log archiving";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation
                .condition()
                .filter(it -> it.facts().engine() == Engine.POSTGRESQL)
                .map(it -> judged(it.facts().archiving()))
                .orElse(List.of());
    }

    List<Finding> judged(DatabaseFacts.Archiving archiving) {
        if (archiving.mode().equals("off")) {
            return warn(
                    "PostgreSQL does not archive its log (archive_mode is off), so a restore loses everything since the last"
                            + " dump. Set up continuous archiving or a tool that does, unless your provider backs up in another way.");
        }
        boolean failing = archiving.lastFailed().isPresent()
                && archiving
                        .lastArchived()
                        .map(done -> done.isBefore(archiving.lastFailed().get()))
                        .orElse(true);
        if (failing) {
            return fail("PostgreSQL could not archive its log on "
                    + archiving.lastFailed().get()
                    + " and has not since. Its own log says why; the disk fills until it can.");
        }
        return archiving.archived() == 0
                ? warn(
                        "PostgreSQL is to archive its log and has not archived anything yet. Look again once it has written more.")
                : ok("PostgreSQL archived its log last on "
                        + archiving.lastArchived().map(Object::toString).orElse("?") + ". Try a restore now and then.");
    }
}
