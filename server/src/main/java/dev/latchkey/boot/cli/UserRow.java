package dev.latchkey.boot.cli;

import dev.latchkey.user.User;
import java.util.LinkedHashMap;
import java.util.Map;

/** A user as commands print it. */
final class UserRow {
    private UserRow() {}

    static Map<String, Object> of(User user) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", user.id().value());
        row.put("email", user.email().asTyped());
        row.put("status", user.isActive() ? "active" : "disabled");
        row.put("verified", user.emailVerified());
        row.put("roles", user.roles().stream().sorted().toList());
        row.put("createdAt", user.createdAt().toString());
        return row;
    }
}
