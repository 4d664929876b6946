package dev.latchkey.audit;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table {@code audit_event}: what is written with a use case, and reading it page by page. */
final class AuditEventStore {
    static final String COLUMNS = """
            id, tenant_id, organization_id, name, at, outcome, user_id, actor_kind, actor_id, request_id, sealing, personal, \
            block""";

    private static final String INSERT = """
            INSERT INTO audit_event (id, tenant_id, name, at, outcome, user_id, actor_kind, actor_id, request_id,
                                     sealing, personal)
            VALUES (:id, :tenant, :name, :at, :outcome, :user, :actorKind, :actorId, :requestId, :sealing, :personal)
            """;

    void insert(Tx tx, StoredEvent row) {
        bound(tx.handle().createUpdate(INSERT), row).execute();
    }

    /** At least one. */
    void insertAll(Tx tx, List<StoredEvent> rows) {
        PreparedBatch batch = tx.handle().prepareBatch(INSERT);
        rows.forEach(row -> bound(batch, row).add());
        batch.execute();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, StoredEvent row) {
        return statement
                .bind("id", row.id())
                .bind("tenant", row.tenant())
                .bind("name", row.name())
                .bind("at", row.at())
                .bind("outcome", row.outcome())
                .bind("user", row.user().orElse(null))
                .bind("actorKind", row.actorKind())
                .bind("actorId", row.actorId().orElse(null))
                .bind("requestId", row.requestId())
                .bind("sealing", row.sealing())
                .bind("personal", row.personal());
    }

    /** Newest first, at most {@code limit} rows below {@code before} and not below {@code from} (ids). */
    List<StoredEvent> newestFirst(Sql sql, AuditFilter filter, String from, String before, int limit) {
        String conditions = (filter.user().isPresent() ? " AND user_id = :user" : "")
                + (filter.name().isPresent() ? " AND name = :name" : "");
        Query query = sql.handle()
                .createQuery("SELECT " + COLUMNS
                        + " FROM audit_event WHERE tenant_id = :tenant AND id >= :from AND id < :before" + conditions
                        // As text: of a bound limit PostgreSQL expects a tenth of all rows.
                        + " ORDER BY id DESC LIMIT " + limit)
                .bind("tenant", filter.tenant().value())
                .bind("from", from)
                .bind("before", before);
        filter.user().ifPresent(user -> query.bind("user", user.value()));
        filter.name().ifPresent(name -> query.bind("name", name));
        return query.map((row, context) -> read(row)).list();
    }

    long count(Sql sql, TenantId tenant, String name, String from) {
        return sql.handle()
                .createQuery(
                        "SELECT count(*) FROM audit_event WHERE tenant_id = :tenant AND name = :name AND id >= :from")
                .bind("tenant", tenant.value())
                .bind("name", name)
                .bind("from", from)
                .mapTo(Long.class)
                .one();
    }

    /** Oldest first, for exports of every tenant: at most {@code limit} rows above {@code after}. */
    List<StoredEvent> oldestFirst(Sql sql, String after, int limit) {
        return sql.handle()
                .createQuery("SELECT " + COLUMNS + " FROM audit_event WHERE id > :after ORDER BY id LIMIT " + limit)
                .bind("after", after)
                .map((row, context) -> read(row))
                .list();
    }

    long count(Sql sql) {
        return sql.handle()
                .createQuery("SELECT COUNT(*) FROM audit_event")
                .mapTo(long.class)
                .one();
    }

    static StoredEvent read(ResultSet row) throws SQLException {
        long block = row.getLong("block");
        OptionalLong maybeBlock = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(block);
        return new StoredEvent(
                row.getString("id"),
                row.getString("tenant_id"),
                Optional.ofNullable(row.getString("organization_id")),
                row.getString("name"),
                row.getLong("at"),
                row.getString("outcome"),
                Optional.ofNullable(row.getString("user_id")),
                row.getString("actor_kind"),
                Optional.ofNullable(row.getString("actor_id")),
                row.getString("request_id"),
                row.getString("sealing"),
                row.getBytes("personal"),
                maybeBlock);
    }
}
