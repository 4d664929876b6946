package dev.latchkey.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a file may say of a user, in the order of an export. Case, {@code _} and {@code -} in a column's name do not matter. */
public enum UserColumn {
    ID("id"),
    SOURCE_ID("sourceId"),
    EMAIL("email"),
    EMAIL_VERIFIED("emailVerified"),
    EMAIL_VERIFIED_AT("emailVerifiedAt"),
    NAME("name"),
    PICTURE("picture"),
    LOCALE("locale"),
    PHONE("phone"),
    ROLES("roles", "role"),
    STATUS("status"),
    DISABLED("disabled"),
    CREATED_AT("createdAt"),
    UPDATED_AT("updatedAt"),
    USER_METADATA("userMetadata", "metadata"),
    APP_METADATA("appMetadata"),
    PASSWORD_HASH("passwordHash"),
    /** Written to rejects files, so that those can be mended and imported; says nothing of the user. */
    REJECTED_BECAUSE("rejectedBecause");

    private final String label;
    private final List<String> spellings;

    UserColumn(String label, String... others) {
        this.label = label;
        this.spellings = List.of(label, others.length == 0 ? label : others[0]).stream()
                .map(UserColumn::plain)
                .toList();
    }

    public String label() {
        return label;
    }

    /** The column that a file names so. */
    static Optional<UserColumn> of(String text) {
        String plain = plain(text);
        return Arrays.stream(values())
                .filter(column -> column.spellings.contains(plain))
                .findFirst();
    }

    /** Every column, for messages. */
    static String all() {
        return Arrays.stream(values())
                .filter(column -> column != REJECTED_BECAUSE)
                .map(UserColumn::label)
                .collect(Collectors.joining(", "));
    }

    private static String plain(String text) {
        return text.strip().replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
