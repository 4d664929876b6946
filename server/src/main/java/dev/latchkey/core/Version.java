package dev.latchkey.core;

import java.util.Optional;

/** The version of the packaged server, from its jar's manifest. */
public final class Version {
    private Version() {}

    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
