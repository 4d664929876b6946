package dev.latchkey.user;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Many users at a time, with all that an import brings and an export takes along. */
public final class PortableUserService {
    private final PortableUserStore store;
    private final UserStore users;
    private final Secrets secrets;
    private final Clock clock;

    PortableUserService(Engine engine, UserStore users, Secrets secrets, Clock clock) {
        this.store = new PortableUserStore(engine);
        this.users = users;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** One page of whole accounts, by id, those above {@code after}. */
    public List<PortableUser> page(Sql sql, TenantId tenant, Optional<UserId> after, int limit) {
        return store.page(sql, tenant, after.map(UserId::value).orElse(""), limit);
    }

    public Optional<PortableUser> find(Sql sql, UserId id) {
        return store.find(sql, id);
    }

    /** The accounts that have one of the ids, folded addresses or source ids. */
    public List<KnownUser> known(
            Sql sql,
            TenantId tenant,
            Collection<UserId> ids,
            Collection<String> addresses,
            Collection<String> sources) {
        // No account has an empty id, address or source id; an empty list would not be SQL.
        return store.known(
                sql, tenant, withOne(ids.stream().map(UserId::value).toList()), withOne(addresses), withOne(sources));
    }

    /** Inserts whole accounts; answers those that went in. The others' id or address belongs to somebody by now. */
    public List<PortableUser> insertAll(Tx tx, List<PortableUser> wanted) {
        Instant now = clock.instant();
        List<PortableUser> inserted =
                marked(wanted, store.insert(tx, wanted, () -> secrets.bytes(UserService.SALT_BYTES), now));
        int[] addresses = inserted.isEmpty() ? new int[0] : store.insertAddresses(tx, inserted);
        List<PortableUser> complete = marked(inserted, addresses);
        inserted.stream().filter(user -> !complete.contains(user)).forEach(user -> users.delete(tx, user.id()));
        store.insertRoles(tx, complete);
        store.insertSources(tx, complete, now);
        return complete;
    }

    public void updateAppMetadata(Tx tx, UserId id, String appMetadata) {
        store.updateAppMetadata(tx, id, appMetadata, clock.instant());
    }

    /** Notes what another system calls the user, unless that is noted of somebody already. */
    public void recordSource(Tx tx, User user, String sourceId) {
        PortableUser named = store.find(tx, user.id()).orElseThrow().named(sourceId);
        store.insertSources(tx, List.of(named), clock.instant());
    }

    private static List<PortableUser> marked(List<PortableUser> users, int[] counts) {
        return IntStream.range(0, users.size())
                .filter(at -> counts[at] == 1)
                .mapToObj(users::get)
                .toList();
    }

    private static Collection<String> withOne(Collection<String> values) {
        return values.isEmpty() ? List.of("") : values;
    }
}
