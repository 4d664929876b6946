package dev.latchkey.transfer;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.password.PasswordService;
import dev.latchkey.user.PortableUser;
import dev.latchkey.user.UserService;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Writes all users into a file, page by page: memory holds one page. */
public final class UserExport {
    private static final int PAGE = 500;

    private final Database database;
    private final UserService users;
    private final PasswordService passwords;
    private final AuditService audit;

    public UserExport(Database database, UserService users, PasswordService passwords, AuditService audit) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.audit = audit;
    }

    private record Page(List<PortableUser> users, Map<UserId, String> hashes) {}

    /** How many there are to write, for showing progress. */
    public long count(TenantId tenant) {
        return database.read(sql -> users.count(sql, tenant));
    }

    /**
     * Puts on record that it is done, then writes every user of the tenant. Who comes or changes meanwhile may be in it or not.
     *
     * @param hashes whether the hashes of passwords are written too
     * @param progress told how many are written
     * @return how many were written
     */
    public long write(TenantId tenant, Writer out, FileFormat format, boolean hashes, LongConsumer progress)
            throws IOException {
        database.tx(tx -> {
            audit.record(
                    tx,
                    SecurityEvent.of(EventType.USERS_EXPORTED, tenant, Actor.operator())
                            .with(Detail.COMMAND, "users export")
                            .with("passwordHashes", String.valueOf(hashes)));
            return tenant;
        });
        UserWriter writer = new UserWriter(out, format, hashes);
        writer.begin();
        long written = 0;
        for (Page page = page(tenant, Optional.empty(), hashes);
                !page.users().isEmpty();
                page = page(tenant, Optional.of(page.users().getLast().id()), hashes)) {
            for (PortableUser user : page.users()) {
                writer.write(user, Optional.ofNullable(page.hashes().get(user.id())));
            }
            written += page.users().size();
            progress.accept(written);
        }
        return written;
    }

    private Page page(TenantId tenant, Optional<UserId> after, boolean hashes) {
        return database.read(sql -> {
            List<PortableUser> page = users.portable().page(sql, tenant, after, PAGE);
            return new Page(
                    page,
                    hashes
                            ? passwords.storedHashes(
                                    sql, page.stream().map(PortableUser::id).toList())
                            : Map.of());
        });
    }
}
