package dev.latchkey.user;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Which users to list, in which order and from where on. Whatever the order, an index gives it and ends with the page. */
public sealed interface UserListing {
    /**
     * Everybody, newest first.
     *
     * @param below the last user of the page before; empty for the first page
     */
    record Newest(Optional<Position> below) implements UserListing {
        @Override
        public Optional<UserListing> from(String cursor) {
            return Position.parse(cursor).map(position -> new Newest(Optional.of(position)));
        }

        @Override
        public UserListing after(User last) {
            return new Newest(Optional.of(new Position(last.createdAt(), last.id())));
        }

        @Override
        public String cursor() {
            return below.map(position -> position.createdAt().toEpochMilli() + "_" + position.id())
                    .orElse("");
        }
    }

    /** Where a page of the newest ended. */
    record Position(Instant createdAt, UserId id) {
        private static Optional<Position> parse(String cursor) {
            int dash = cursor.indexOf('_');
            if (dash < 1 || dash > 18 || !cursor.substring(0, dash).chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.empty();
            }
            Instant createdAt = Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, dash)));
            return UserId.parse(cursor.substring(dash + 1)).map(id -> new Position(createdAt, id));
        }
    }

    /**
     * Those whose folded address starts with {@code prefix}, in the order of addresses.
     *
     * @param above the address of the last user of the page before; empty for the first page
     */
    record StartingWith(String prefix, Optional<String> above) implements UserListing {
        @Override
        public Optional<UserListing> from(String cursor) {
            return decoded(cursor)
                    .filter(text -> EmailAddress.parse(text)
                            .filter(address -> address.folded().equals(text))
                            .isPresent())
                    .map(address -> new StartingWith(prefix, Optional.of(address)));
        }

        @Override
        public UserListing after(User last) {
            return new StartingWith(prefix, Optional.of(last.email().folded()));
        }

        @Override
        public String cursor() {
            return above.map(address -> Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(address.getBytes(StandardCharsets.UTF_8)))
                    .orElse("");
        }

        private static Optional<String> decoded(String cursor) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
                return Optional.of(
                        StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
            } catch (IllegalArgumentException | CharacterCodingException notOurs) {
                return Optional.empty();
            }
        }
    }

    /** The first page. {@code emailPrefix}: only users whose address starts with it, whatever its case; blank for everybody. */
    static UserListing of(String emailPrefix) {
        String folded = emailPrefix.strip().toLowerCase(Locale.ROOT);
        return folded.isEmpty() ? new Newest(Optional.empty()) : new StartingWith(folded, Optional.empty());
    }

    /** The page that a cursor which a client sent back leads to, or empty where it is none that a list like this gave. */
    Optional<UserListing> from(String cursor);

    /** The page after the one that ended with {@code last}. */
    UserListing after(User last);

    /** What leads to this page: opaque to clients. */
    String cursor();
}
