package dev.latchkey.password;

import java.util.Locale;
import java.util.Optional;

/** The three variants of RFC 9106; Latchkey itself makes {@link #ID} only. */
enum Argon2Type {
    D,
    I,
    ID;

    /** Such as {@code argon2id}. */
    String label() {
        return "argon2" + name().toLowerCase(Locale.ROOT);
    }

    static Optional<Argon2Type> labelled(String label) {
        for (Argon2Type type : values()) {
            if (type.label().equals(label)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
