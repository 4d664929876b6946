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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Whole accounts in bulk: many rows a statement instead of many statements a row. */
final class PortableUserStore {
    private static final String JOINED = """
            JOIN user_identifier e ON e.user_id = u.id AND e.kind = 'email'
            LEFT JOIN user_source s ON s.user_id = u.id
            """;

    private final String columns;

    PortableUserStore(Engine engine) {
        // The one aggregate whose name the engines do not share.
        String joined = switch (engine) {
            case SQLITE -> "group_concat(r.role, ' ')";
            case POSTGRESQL -> "string_agg(r.role, ' ')";
        };
        this.columns = """
            SELECT u.id, u.tenant_id, u.status, u.name, u.picture, u.locale, u.phone, u.user_metadata, u.app_metadata,
                   u.created_at, u.updated_at, e.folded, e.as_typed, e.verified_at, s.source_id,
                   (SELECT %s FROM user_role r WHERE r.user_id = u.id) AS roles
            """.formatted(joined);
    }

    Optional<PortableUser> find(Sql sql, UserId id) {
        return sql.handle()
                .createQuery(columns + "FROM app_user u\n" + JOINED + "WHERE u.id = :id")
                .bind("id", id.value())
                .map((row, context) -> read(row))
                .findOne();
    }

    /** By id, those above {@code after}. */
    List<PortableUser> page(Sql sql, TenantId tenant, String after, int limit) {
        // Cut off before anything is joined to it, as every page of users: else PostgreSQL merges all users with all
        // addresses.
        return sql.handle()
                .createQuery(columns + "FROM (SELECT * FROM app_user WHERE tenant_id = :tenant AND id > :after"
                        + " ORDER BY id LIMIT " + limit + ") u\n" + JOINED + "ORDER BY u.id")
                .bind("tenant", tenant.value())
                .bind("after", after)
                .map((row, context) -> read(row))
                .list();
    }

    /** Accounts with one of the ids, addresses or source ids; one may come several times. */
    List<KnownUser> known(
            Sql sql,
            TenantId tenant,
            Collection<String> ids,
            Collection<String> addresses,
            Collection<String> sources) {
        return sql.handle()
                .createQuery("""
                        SELECT u.id, e.folded, s.source_id FROM app_user u
                        JOIN user_identifier e ON e.user_id = u.id AND e.kind = 'email'
                        LEFT JOIN user_source s ON s.user_id = u.id
                        WHERE u.id IN (
                            SELECT id FROM app_user WHERE id IN (<ids>)
                            UNION SELECT user_id FROM user_identifier
                                  WHERE tenant_id = :tenant AND kind = 'email' AND folded IN (<addresses>)
                            UNION SELECT user_id FROM user_source WHERE tenant_id = :tenant AND source_id IN (<sources>))""")
                .bind("tenant", tenant.value())
                .bindList("ids", ids)
                .bindList("addresses", addresses)
                .bindList("sources", sources)
                .map((row, context) -> new KnownUser(
                        new UserId(row.getString("id")),
                        row.getString("folded"),
                        Optional.ofNullable(row.getString("source_id"))))
                .list();
    }

    /**
     * Inserts the rows of accounts whose address is not kept for a user who left it; answers for each whether it went in.
     *
     * @param random 32 new random bytes
     */
    int[] insert(Tx tx, List<PortableUser> users, Supplier<byte[]> random, Instant now) {
        PreparedBatch batch = tx.handle().prepareBatch("""
                        INSERT INTO app_user (id, tenant_id, status, epoch, name, picture, locale, phone, user_metadata,
                                              app_metadata, data_salt, webauthn_handle, created_at, updated_at)
                        SELECT :id, :tenant, :status, 0, :name, :picture, :locale, :phone, :user, :app, :salt, :handle,
                               :created, :updated
                        WHERE NOT EXISTS (SELECT 1 FROM user_former_email
                                          WHERE tenant_id = :tenant AND folded = :folded AND kept_until > :now)
                        ON CONFLICT DO NOTHING""");
        for (PortableUser user : users) {
            batch.bind("id", user.id().value())
                    .bind("tenant", user.tenant().value())
                    .bind("status", user.status().stored())
                    .bind("name", user.profile().name().orElse(null))
                    .bind("picture", user.profile().picture().orElse(null))
                    .bind("locale", user.profile().locale().orElse(null))
                    .bind("phone", user.profile().phone().orElse(null))
                    .bind("user", user.userMetadata())
                    .bind("app", user.appMetadata())
                    .bind("salt", random.get())
                    .bind("handle", random.get())
                    .bind("created", user.createdAt().toEpochMilli())
                    .bind("updated", user.updatedAt().toEpochMilli())
                    .bind("folded", user.email().folded())
                    .bind("now", now.toEpochMilli())
                    .add();
        }
        return batch.execute();
    }

    /** Answers for each whether its address was free. */
    int[] insertAddresses(Tx tx, List<PortableUser> users) {
        PreparedBatch batch = tx.handle().prepareBatch("""
                        INSERT INTO user_identifier (user_id, kind, tenant_id, folded, as_typed, verified_at, created_at)
                        VALUES (:id, 'email', :tenant, :folded, :typed, :verified, :created) ON CONFLICT DO NOTHING""");
        for (PortableUser user : users) {
            batch.bind("id", user.id().value())
                    .bind("tenant", user.tenant().value())
                    .bind("folded", user.email().folded())
                    .bind("typed", user.email().asTyped())
                    .bind(
                            "verified",
                            user.emailVerifiedAt().map(Instant::toEpochMilli).orElse(null))
                    .bind("created", user.createdAt().toEpochMilli())
                    .add();
        }
        return batch.execute();
    }

    void insertRoles(Tx tx, List<PortableUser> users) {
        PreparedBatch batch = tx.handle().prepareBatch("""
                        INSERT INTO user_role (user_id, role, tenant_id, organization_id)
                        VALUES (:id, :role, :tenant, NULL) ON CONFLICT DO NOTHING""");
        for (PortableUser user : users) {
            for (String role : user.roles()) {
                batch.bind("id", user.id().value())
                        .bind("role", role)
                        .bind("tenant", user.tenant().value())
                        .add();
            }
        }
        executeUnlessEmpty(batch);
    }

    void insertSources(Tx tx, List<PortableUser> users, Instant now) {
        PreparedBatch batch = tx.handle().prepareBatch("""
                        INSERT INTO user_source (user_id, tenant_id, source_id, imported_at)
                        VALUES (:id, :tenant, :source, :now) ON CONFLICT DO NOTHING""");
        for (PortableUser user : users) {
            user.sourceId()
                    .ifPresent(source -> batch.bind("id", user.id().value())
                            .bind("tenant", user.tenant().value())
                            .bind("source", source)
                            .bind("now", now.toEpochMilli())
                            .add());
        }
        executeUnlessEmpty(batch);
    }

    void updateAppMetadata(Tx tx, UserId id, String appMetadata, Instant now) {
        tx.handle()
                .createUpdate("UPDATE app_user SET app_metadata = :metadata, updated_at = :now WHERE id = :id")
                .bind("id", id.value())
                .bind("metadata", appMetadata)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    private static void executeUnlessEmpty(PreparedBatch batch) {
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static PortableUser read(ResultSet row) throws SQLException {
        long verified = row.getLong("verified_at");
        Optional<Instant> verifiedAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(verified));
        return new PortableUser(
                new UserId(row.getString("id")),
                new TenantId(row.getString("tenant_id")),
                Optional.ofNullable(row.getString("source_id")),
                new EmailAddress(row.getString("as_typed"), row.getString("folded")),
                verifiedAt,
                new Profile(
                        Optional.ofNullable(row.getString("name")),
                        Optional.ofNullable(row.getString("picture")),
                        Optional.ofNullable(row.getString("locale")),
                        Optional.ofNullable(row.getString("phone"))),
                Optional.ofNullable(row.getString("roles"))
                        .map(roles -> Arrays.stream(roles.split(" ")).collect(Collectors.toUnmodifiableSet()))
                        .orElse(Set.of()),
                UserStatus.of(row.getString("status")),
                row.getString("user_metadata"),
                row.getString("app_metadata"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }
}
