package dev.latchkey.user;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a user of a row of {@link UserStore}. */
final class UserRow {
    private static final String NO_METADATA = "{}";
    private static final Set<String> PLAIN_USER = Set.of(Roles.USER);

    private UserRow() {}

    static User read(ResultSet row) throws SQLException {
        Optional<String> pendingTyped = text(row, "pending_typed");
        Optional<String> pendingFolded = text(row, "pending_folded");
        return new User(
                new UserId(row.getString("id")),
                TenantId.of(row.getString("tenant_id")),
                UserStatus.of(row.getString("status")),
                row.getLong("epoch"),
                email(row.getString("as_typed"), row.getString("folded")),
                time(row, "verified_at"),
                pendingTyped.flatMap(typed -> pendingFolded.map(folded -> new EmailAddress(typed, folded))),
                new Profile(text(row, "name"), text(row, "picture"), text(row, "locale"), text(row, "phone")),
                metadata(row.getString("user_metadata")),
                roles(row),
                row.getBoolean("mfa_enabled"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }

    static Set<String> roles(ResultSet row) throws SQLException {
        return text(row, "roles").map(UserRow::words).orElse(Set.of());
    }

    // Thousands of users are held in memory: what most of them share is held once.
    private static EmailAddress email(String typed, String folded) {
        return typed.equals(folded) ? new EmailAddress(folded, folded) : new EmailAddress(typed, folded);
    }

    private static String metadata(String json) {
        return json.equals(NO_METADATA) ? NO_METADATA : json;
    }

    private static Set<String> words(String roles) {
        return roles.equals(Roles.USER) ? PLAIN_USER : wordsOf(roles);
    }

    private static Set<String> wordsOf(String roles) {
        return Arrays.stream(roles.split(" ")).collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
