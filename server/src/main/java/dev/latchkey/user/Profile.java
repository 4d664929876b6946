package dev.latchkey.user;

import java.util.Optional;

/** What a user says of themselves; each part may be absent. */
public record Profile(
        Optional<String> name, Optional<String> picture, Optional<String> locale, Optional<String> phone) {
    public static final Profile EMPTY =
            new Profile(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** A profile that holds only a name. */
    public static Profile named(Optional<String> name) {
        return new Profile(name, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
