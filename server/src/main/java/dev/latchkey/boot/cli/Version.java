package dev.latchkey.boot.cli;

import java.util.Optional;

/** The version of the packaged server, from its jar's manifest. */
final class Version {
    private Version() {}

    static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
