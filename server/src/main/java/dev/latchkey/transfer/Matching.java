package dev.latchkey.transfer;

import dev.latchkey.core.UserId;
import dev.latchkey.user.KnownUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Which account a row means, if it is there already. */
final class Matching {
    sealed interface Match {}

    record New() implements Match {}

    record Same(KnownUser user) implements Match {}

    /** Two accounts could be meant, or the address is another's. */
    record Unclear(String because) implements Match {}

    private final Map<UserId, KnownUser> byId = new HashMap<>();
    private final Map<String, KnownUser> bySource = new HashMap<>();
    private final Map<String, KnownUser> byAddress = new HashMap<>();

    Matching(List<KnownUser> known) {
        for (KnownUser user : known) {
            byId.put(user.id(), user);
            byAddress.put(user.folded(), user);
            user.sourceId().ifPresent(source -> bySource.put(source, user));
        }
    }

    Match of(ReadUser row) {
        Optional<KnownUser> id = row.id().map(byId::get);
        Optional<KnownUser> source = row.sourceId().map(bySource::get);
        Optional<KnownUser> address =
                Optional.ofNullable(byAddress.get(row.email().folded()));
        List<KnownUser> meant = Stream.of(id, source, address)
                .flatMap(Optional::stream)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (meant.isEmpty()) {
            return new New();
        }
        if (meant.size() > 1) {
            return new Unclear(
                    "Its id, sourceId and e-mail address belong to different accounts here. Correct the row.");
        }
        KnownUser user = meant.getFirst();
        boolean otherSource = row.sourceId().isPresent()
                && user.sourceId().isPresent()
                && !row.sourceId().equals(user.sourceId());
        return otherSource
                ? new Unclear("This account was imported with another sourceId ("
                        + user.sourceId().get() + "). Keep one of the two rows.")
                : new Same(user);
    }
}
