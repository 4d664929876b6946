package dev.latchkey.user;

import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.Optional;

/** Where a page of users ended; travels as an opaque cursor. */
public record UserPosition(Instant createdAt, UserId id) {
    public static UserPosition of(User user) {
        return new UserPosition(user.createdAt(), user.id());
    }

    /** The position in a cursor that a client sent back, or empty where it is none of ours. */
    public static Optional<UserPosition> parse(String cursor) {
        int dash = cursor.indexOf('_');
        if (dash < 1 || dash > 18 || !cursor.substring(0, dash).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        Instant createdAt = Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, dash)));
        return UserId.parse(cursor.substring(dash + 1)).map(id -> new UserPosition(createdAt, id));
    }

    public String cursor() {
        return createdAt.toEpochMilli() + "_" + id;
    }
}
