package dev.latchkey.user;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

final class UserStore {
    private static final String NO_METADATA = "{}";
    private static final Set<String> PLAIN_USER = Set.of(Roles.USER);

    private static final String EMAIL = "JOIN user_identifier e ON e.user_id = u.id AND e.kind = 'email'\n";
    private static final String PENDING =
            "LEFT JOIN user_identifier p ON p.user_id = u.id AND p.kind = 'email-pending'\n";

    private final String columns;
    private final String select;

    UserStore(Engine engine) {
        // The one aggregate whose name the engines do not share.
        String joined = switch (engine) {
            case SQLITE -> "group_concat(r.role, ' ')";
            case POSTGRESQL -> "string_agg(r.role, ' ')";
        };
        this.columns = """
            SELECT u.id, u.tenant_id, u.status, u.epoch, u.name, u.picture, u.locale, u.phone, u.user_metadata,
                   u.mfa_enabled, u.created_at, u.updated_at,
                   e.folded, e.as_typed, e.verified_at, p.folded AS pending_folded, p.as_typed AS pending_typed,
                   (SELECT %s FROM user_role r WHERE r.user_id = u.id) AS roles
            """.formatted(joined);
        this.select = columns + "FROM app_user u\n" + EMAIL + PENDING;
    }

    Optional<User> byId(Sql sql, UserId id) {
        return sql.handle()
                .createQuery(select + "WHERE u.id = :id")
                .bind("id", id.value())
                .map((row, context) -> user(row))
                .findOne();
    }

    Optional<User> byEmail(Sql sql, TenantId tenant, EmailAddress email) {
        return sql.handle()
                .createQuery(select + "WHERE e.tenant_id = :tenant AND e.folded = :folded")
                .bind("tenant", tenant.value())
                .bind("folded", email.folded())
                .map((row, context) -> user(row))
                .findOne();
    }

    List<User> page(Sql sql, TenantId tenant, UserListing listing, int limit) {
        return switch (listing) {
            case UserListing.Newest newest -> newest(sql, tenant, newest.below(), limit);
            case UserListing.StartingWith search -> byPrefix(sql, tenant, search, limit);
        };
    }

    // In both, the page is cut off before anything is joined to it: where all users are of one tenant, a planner may
    // otherwise
    // think it cheaper to join and sort them all than to walk the index.

    private List<User> newest(Sql sql, TenantId tenant, Optional<UserListing.Position> below, int limit) {
        String further = below.isPresent() ? " AND (created_at, id) < (:createdAt, :id)" : "";
        Query query = sql.handle()
                .createQuery(columns + "FROM (SELECT * FROM app_user WHERE tenant_id = :tenant" + further
                        + " ORDER BY created_at DESC, id DESC LIMIT :limit) u\n" + EMAIL + PENDING
                        + "ORDER BY u.created_at DESC, u.id DESC")
                .bind("tenant", tenant.value())
                .bind("limit", limit);
        below.ifPresent(position -> query.bind("createdAt", position.createdAt().toEpochMilli())
                .bind("id", position.id().value()));
        return query.map((row, context) -> user(row)).list();
    }

    private List<User> byPrefix(Sql sql, TenantId tenant, UserListing.StartingWith search, int limit) {
        // A range instead of LIKE: the index serves it on both engines, and no character of the prefix is special.
        String further = search.above().isPresent() ? "folded > :low" : "folded >= :low";
        return sql.handle()
                .createQuery(columns
                        + "FROM (SELECT * FROM user_identifier WHERE tenant_id = :tenant AND kind = 'email' AND "
                        + further + " AND folded < :high ORDER BY folded LIMIT :limit) e\n"
                        + "JOIN app_user u ON u.id = e.user_id\n" + PENDING + "ORDER BY e.folded")
                .bind("tenant", tenant.value())
                .bind("low", search.above().orElse(search.prefix()))
                .bind("high", search.prefix() + Character.toString(Character.MAX_CODE_POINT))
                .bind("limit", limit)
                .map((row, context) -> user(row))
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

    /** Whether the address was free. */
    boolean insertEmail(Tx tx, UserId id, NewUser user, Instant now) {
        return tx.handle()
                .createQuery("""
                        INSERT INTO user_identifier (user_id, kind, tenant_id, folded, as_typed, verified_at, created_at)
                        VALUES (:id, 'email', :tenant, :folded, :typed, :verified, :now)
                        ON CONFLICT DO NOTHING RETURNING user_id""")
                .bind("id", id.value())
                .bind("tenant", user.tenant().value())
                .bind("folded", user.email().folded())
                .bind("typed", user.email().asTyped())
                .bind("verified", user.emailVerified() ? (Long) now.toEpochMilli() : null)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    void addRole(Tx tx, UserId id, TenantId tenant, String role) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO user_role (user_id, role, tenant_id, organization_id)
                        VALUES (:id, :role, :tenant, NULL) ON CONFLICT DO NOTHING""")
                .bind("id", id.value())
                .bind("role", role)
                .bind("tenant", tenant.value())
                .execute();
    }

    void deleteRoles(Tx tx, UserId id) {
        tx.handle()
                .createUpdate("DELETE FROM user_role WHERE user_id = :id")
                .bind("id", id.value())
                .execute();
    }

    long count(Sql sql, TenantId tenant) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) FROM app_user WHERE tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .mapTo(long.class)
                .one();
    }

    /** Locks the row of whose address this is, if there is one. */
    void lockByEmail(Tx tx, TenantId tenant, EmailAddress email) {
        tx.handle()
                .createUpdate("""
                        UPDATE app_user SET epoch = epoch
                        WHERE id = (SELECT user_id FROM user_identifier
                                    WHERE tenant_id = :tenant AND kind = 'email' AND folded = :folded)""")
                .bind("tenant", tenant.value())
                .bind("folded", email.folded())
                .execute();
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

    void putPendingEmail(Tx tx, UserId id, TenantId tenant, EmailAddress email, Instant now) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO user_identifier (user_id, kind, tenant_id, folded, as_typed, verified_at, created_at)
                        VALUES (:id, 'email-pending', :tenant, :folded, :typed, NULL, :now)
                        ON CONFLICT (user_id, kind) DO UPDATE SET folded = excluded.folded, as_typed = excluded.as_typed,
                               created_at = excluded.created_at""")
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .bind("folded", email.folded())
                .bind("typed", email.asTyped())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void deletePendingEmail(Tx tx, UserId id) {
        tx.handle()
                .createUpdate("DELETE FROM user_identifier WHERE user_id = :id AND kind = 'email-pending'")
                .bind("id", id.value())
                .execute();
    }

    boolean verifyEmail(Tx tx, UserId id, String folded, Instant now) {
        return tx.handle()
                .createQuery("""
                        UPDATE user_identifier SET verified_at = :now
                        WHERE user_id = :id AND kind = 'email' AND folded = :folded AND verified_at IS NULL
                        RETURNING user_id""")
                .bind("id", id.value())
                .bind("folded", folded)
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    /** Puts a proved address in the place of the old one, unless another user took it meanwhile. */
    boolean replaceEmail(Tx tx, UserId id, TenantId tenant, EmailAddress email, Instant now) {
        return tx.handle()
                .createQuery("""
                        UPDATE user_identifier SET folded = :folded, as_typed = :typed, verified_at = :now
                        WHERE user_id = :id AND kind = 'email'
                          AND NOT EXISTS (SELECT 1 FROM user_identifier o WHERE o.tenant_id = :tenant AND o.kind = 'email'
                                          AND o.folded = :folded AND o.user_id <> :id)
                        RETURNING user_id""")
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .bind("folded", email.folded())
                .bind("typed", email.asTyped())
                .bind("now", now.toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    void delete(Tx tx, UserId id) {
        tx.handle()
                .createUpdate("DELETE FROM app_user WHERE id = :id")
                .bind("id", id.value())
                .execute();
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

    List<UserId> activeWithRole(Sql sql, TenantId tenant, List<String> roles) {
        return sql.handle()
                .createQuery("""
                        SELECT id FROM app_user
                        WHERE status = 'active' AND id IN (SELECT user_id FROM user_role WHERE tenant_id = :tenant
                                                           AND role IN (<roles>))
                        ORDER BY id""")
                .bind("tenant", tenant.value())
                .bindList("roles", roles)
                .mapTo(UserId.class)
                .list();
    }

    /** Locks the rows of every active user with one of the roles, and answers their ids. */
    List<UserId> lockActiveWithRole(Tx tx, TenantId tenant, List<String> roles) {
        return tx
                .handle()
                .createQuery("""
                        UPDATE app_user SET epoch = epoch
                        WHERE status = 'active' AND id IN (SELECT user_id FROM user_role WHERE tenant_id = :tenant
                                                           AND role IN (<roles>))
                        RETURNING id""")
                .bind("tenant", tenant.value())
                .bindList("roles", roles)
                .mapTo(String.class)
                .list()
                .stream()
                .map(UserId::new)
                .toList();
    }

    private static User user(ResultSet row) throws SQLException {
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
                text(row, "roles").map(UserStore::words).orElse(Set.of()),
                row.getBoolean("mfa_enabled"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
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

    private static @Nullable String orNull(Optional<String> value) {
        return value.orElse(null);
    }
}
