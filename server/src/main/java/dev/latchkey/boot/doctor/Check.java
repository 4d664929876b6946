package dev.latchkey.boot.doctor;

import java.util.List;

/** Looks at one thing. */
interface Check {
    /** In a word or two, the same for ever: scripts look for it. */
    String name();

    /** At least one finding, or none where the thing does not exist in this installation. */
    List<Finding> run(Installation installation);

    default List<Finding> ok(String says) {
        return List.of(new Finding(Finding.Level.OK, name(), says));
    }

    default List<Finding> warn(String says) {
        return List.of(new Finding(Finding.Level.WARN, name(), says));
    }

    default List<Finding> fail(String says) {
        return List.of(new Finding(Finding.Level.FAIL, name(), says));
    }
}
