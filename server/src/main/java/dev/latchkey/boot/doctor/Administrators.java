package dev.latchkey.boot.doctor;

import java.util.List;

/** Enough of them that one may leave, few enough to know them all. */
final class Administrators implements Check {
    private static final int MANY = 20;

    @Override
    public String name() {
        return "administrators";
    }

    @Override
    public List<Finding> run(Installation installation) {
        return installation.condition().map(it -> judged(it.administrators())).orElse(List.of());
    }

    private List<Finding> judged(int count) {
        if (count == 0) {
            return warn(
                    "There is no administrator. Open the link in the data folder (first-admin-link), or run latchkey users"
                            + " create with --role ADMIN.");
        }
        if (count == 1) {
            return warn("There is one administrator: who locks that account out locks you out. Make a second.");
        }
        if (count > MANY) {
            return warn(
                    "There are " + count + " administrators. Each is a way in: leave the role to those who need it.");
        }
        return ok("There are " + count + " administrators.");
    }
}
