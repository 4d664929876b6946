package dev.latchkey.user;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Sql;
import dev.latchkey.db.StatementLength;
import dev.latchkey.db.Tx;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The SQL of {@code app_user}, and of users as they are read: with their addresses and roles. */
final class UserStore {
    private static final String EMAIL = "JOIN user_identifier e ON e.user_id = u.id AND e.kind = 'email'\n";
    private final String subjects;
    private final String pending;
    private final String columns;
    private final String select;

    UserStore(Engine engine) {
        // The one aggregate whose name the engines do not share.
        String joined = switch (engine) {
            case SQLITE -> "group_concat(r.role, ' ')";
            case POSTGRESQL -> "string_agg(r.role, ' ')";
        };
        String roles = "(SELECT %s FROM user_role r WHERE r.user_id = u.id) AS roles".formatted(joined);
        this.subjects = "SELECT u.id, u.data_salt, " + roles + " FROM app_user u WHERE u.id IN ";
        this.columns = """
            SELECT u.id, u.tenant_id, u.status, u.epoch, u.name, u.picture, u.locale, u.phone, u.user_metadata,
                   u.mfa_enabled, u.created_at, u.updated_at,
                   e.folded, e.as_typed, e.verified_at, p.folded AS pending_folded, p.as_typed AS pending_typed,
                   %s
            """.formatted(roles);
        // SQLite would take the index of all addresses, which is unique; the one of those that wait is next to empty.
        String few = switch (engine) {
            case SQLITE -> "INDEXED BY user_identifier_pending";
            case POSTGRESQL -> "";
        };
        this.pending =
                "LEFT JOIN user_identifier p %s ON p.user_id = u.id AND p.kind = 'email-pending'\n".formatted(few);
        this.select = columns + "FROM app_user u\n" + EMAIL + pending;
    }

    Optional<User> byId(Sql sql, UserId id) {
        return sql.handle()
                .createQuery(select + "WHERE u.id = :id")
                .bind("id", id.value())
                .map((row, context) -> UserRow.read(row))
                .findOne();
    }

    Optional<User> byEmail(Sql sql, TenantId tenant, EmailAddress email) {
        return sql.handle()
                .createQuery(select + "WHERE e.tenant_id = :tenant AND e.folded = :folded")
                .bind("tenant", tenant.value())
                .bind("folded", email.folded())
                .map((row, context) -> UserRow.read(row))
                .findOne();
    }

    List<User> page(Sql sql, TenantId tenant, UserListing listing, int limit) {
        return switch (listing) {
            case UserListing.Newest newest -> newest(sql, tenant, newest.below(), limit);
            case UserListing.StartingWith search -> byPrefix(sql, tenant, search, limit);
        };
    }

    // In both, the page is cut off before anything is joined to it: where all users are of one tenant, a planner may
    // think it cheaper to join and sort them all than to walk the index. The limit is part of the text:
    // PostgreSQL takes a bound one for a tenth of all rows.

    private List<User> newest(Sql sql, TenantId tenant, Optional<UserListing.Position> below, int limit) {
        String further = below.isPresent() ? " AND (created_at, id) < (:createdAt, :id)" : "";
        Query query = sql.handle()
                .createQuery(columns + "FROM (SELECT * FROM app_user WHERE tenant_id = :tenant" + further
                        + " ORDER BY created_at DESC, id DESC LIMIT " + limit + ") u\n" + EMAIL + pending
                        + "ORDER BY u.created_at DESC, u.id DESC")
                .bind("tenant", tenant.value());
        below.ifPresent(position -> query.bind("createdAt", position.createdAt().toEpochMilli())
                .bind("id", position.id().value()));
        return query.map((row, context) -> UserRow.read(row)).list();
    }

    private List<User> byPrefix(Sql sql, TenantId tenant, UserListing.StartingWith search, int limit) {
        // A range instead of LIKE: the index serves it on both engines, and no character of the prefix is special.
        String further = search.above().isPresent() ? "folded > :low" : "folded >= :low";
        return sql.handle()
                .createQuery(columns
                        + "FROM (SELECT * FROM user_identifier WHERE tenant_id = :tenant AND kind = 'email' AND "
                        + further + " AND folded < :high ORDER BY folded LIMIT " + limit + ") e\n"
                        + "JOIN app_user u ON u.id = e.user_id\n" + pending + "ORDER BY e.folded")
                .bind("tenant", tenant.value())
                .bind("low", search.above().orElse(search.prefix()))
                .bind("high", search.prefix() + Character.toString(Character.MAX_CODE_POINT))
                .map((row, context) -> UserRow.read(row))
                .list();
    }

    void insert(Tx tx, UserId id, NewUser user, byte[] salt, byte[] webauthnHandle, Instant now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO app_user (id, tenant_id, status, epoch, name, picture, locale, phone, user_metadata,
                                              app_metadata, data_salt, webauthn_handle, created_at, updated_at)
                        VALUES (:id, :tenant, 'active', 0, :name, :picture, :locale, :phone, '{}', '{}', :salt, :handle,
                                :now, :now)""")
                .bind("id", id.value())
                .bind("tenant", user.tenant().value())
                .bind("name", orNull(user.profile().name()))
                .bind("picture", orNull(user.profile().picture()))
                .bind("locale", orNull(user.profile().locale()))
                .bind("phone", orNull(user.profile().phone()))
                .bind("salt", salt)
                .bind("handle", webauthnHandle)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    long count(Sql sql, TenantId tenant) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) FROM app_user WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .mapTo(long.class)
                .one();
    }

    boolean guard(Tx tx, UserId id, long epoch) {
        return tx.handle()
                .createQuery("""
                        UPDATE app_user SET epoch = epoch WHERE id = :id AND epoch = :epoch AND status = 'active'
                        RETURNING id""")
                .bind("id", id.value())
                .bind("epoch", epoch)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    OptionalLong raiseEpoch(Tx tx, UserId id, Instant now) {
        return tx.handle()
                .createQuery("UPDATE app_user SET epoch = epoch + 1, updated_at = :now WHERE id = :id RETURNING epoch")
                .bind("id", id.value())
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    void raiseAllEpochs(Tx tx, long by, Instant now) {
        tx.handle()
                .createUpdate("UPDATE app_user SET epoch = epoch + :by, updated_at = :now")
                .bind("by", by)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    boolean setStatus(Tx tx, UserId id, UserStatus from, UserStatus to, Instant now) {
        return tx.handle()
                .createQuery("""
                        UPDATE app_user SET status = :to, updated_at = :now WHERE id = :id AND status = :from
                        RETURNING id""")
                .bind("id", id.value())
                .bind("from", from.stored())
                .bind("to", to.stored())
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    void setMfaEnabled(Tx tx, UserId id, boolean enabled, Instant now) {
        tx.handle()
                .createUpdate("UPDATE app_user SET mfa_enabled = :enabled, updated_at = :now WHERE id = :id")
                .bind("id", id.value())
                .bind("enabled", enabled)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void updateProfile(Tx tx, UserId id, Profile profile, String userMetadata, Instant now) {
        tx.handle()
                .createUpdate("""
                        UPDATE app_user SET name = :name, picture = :picture, locale = :locale, phone = :phone,
                               user_metadata = :metadata, updated_at = :now WHERE id = :id""")
                .bind("id", id.value())
                .bind("name", orNull(profile.name()))
                .bind("picture", orNull(profile.picture()))
                .bind("locale", orNull(profile.locale()))
                .bind("phone", orNull(profile.phone()))
                .bind("metadata", userMetadata)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void delete(Tx tx, UserId id) {
        tx.handle()
                .createUpdate("DELETE FROM app_user WHERE id = :id")
                .bind("id", id.value())
                .execute();
    }

    Map<UserId, TokenSubject> tokenSubjects(Sql sql, List<UserId> ids) {
        int length = StatementLength.of(ids.size());
        Query query = sql.handle().createQuery(subjects + "(?" + ", ?".repeat(length - 1) + ")");
        for (int i = 0; i < length; i++) {
            query.bind(i, ids.get(Math.min(i, ids.size() - 1)).value());
        }
        Map<UserId, TokenSubject> found = new HashMap<>();
        query.map((row, context) -> found.put(
                        new UserId(row.getString("id")),
                        new TokenSubject(UserRow.roles(row), row.getBytes("data_salt"))))
                .list();
        return found;
    }

    Optional<byte[]> salt(Sql sql, UserId id) {
        return sql.handle()
                .createQuery("SELECT data_salt FROM app_user WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> row.getBytes(1))
                .findOne();
    }

    Optional<byte[]> webauthnHandle(Sql sql, UserId id) {
        return sql.handle()
                .createQuery("SELECT webauthn_handle FROM app_user WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> row.getBytes(1))
                .findOne();
    }

    private static @Nullable String orNull(Optional<String> value) {
        return value.orElse(null);
    }
}
