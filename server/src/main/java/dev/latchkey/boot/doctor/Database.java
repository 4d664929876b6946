package dev.latchkey.boot.doctor;

import java.util.List;

/** Whether it can be opened, and is what this version works with. */
final class Database implements Check {
    static final String NEVER_USED = "No server has used the database yet. Start one, then ask again.";

    @Override
    public String name() {
        return "database";
    }

    @Override
    public List<Finding> run(Installation installation) {
        if (installation.condition().isPresent()) {
            return ok("The database is open to reading, and its schema is this version's.");
        }
        String problem = installation.databaseProblem().orElse("It cannot be opened.");
        return problem.equals(NEVER_USED) ? warn(problem) : fail(problem);
    }
}
