package dev.latchkey.boot.doctor;

import java.util.List;

/** Everything sealed hangs on it. */
final class MasterKeyStrength implements Check {
    @Override
    public String name() {
        return "master key strength";
    }

    @Override
    public List<Finding> run(Installation installation) {
        if (installation.configuration().masterKey().isGuessable()) {
            return fail(
                    "The master key is a text or a pattern, not random bytes: whoever guesses it opens everything. Make one"
                            + " with \"openssl rand -base64 32\" and change it as docs/operations.md says.");
        }
        return ok("The master key is 32 bytes that look random.");
    }
}
