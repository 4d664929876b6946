package dev.latchkey.change;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Reaper;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class ChangeStore {
    record Entry(long seq, Change change) {}

    /**
     * One state of the log.
     *
     * @param head the last number given out
     * @param standby whether it was read from a server that only follows another
     */
    record Page(long head, boolean standby, List<Entry> entries) {}

    private record Row(long head, boolean standby, Optional<Entry> entry) {}

    /** One statement, because every server asks it four times a second. */
    private static final String PAGE = """
            SELECT head.seq, %s AS standby, log.seq, log.tenant_id, log.kind, log.subject, log.value, log.expires_at
            FROM change_head head LEFT JOIN (
                SELECT seq, tenant_id, kind, subject, value, expires_at FROM change
                WHERE seq >= :seq ORDER BY seq LIMIT :limit
            ) log ON 1 = 1
            WHERE head.id = 1 ORDER BY log.seq""";

    private static final String ON_SQLITE = PAGE.formatted("0");
    private static final String ON_POSTGRESQL = PAGE.formatted("pg_is_in_recovery()");

    private final String page;

    ChangeStore(Engine engine) {
        this.page = switch (engine) {
            case SQLITE -> ON_SQLITE;
            case POSTGRESQL -> ON_POSTGRESQL;
        };
    }

    /** The head's row lock is held until COMMIT, so that whoever sees a number sees every smaller one. */
    void append(Tx tx, Change change) {
        long seq = tx.handle()
                .createQuery("UPDATE change_head SET seq = seq + 1 WHERE id = 1 RETURNING seq")
                .mapTo(Long.class)
                .one();
        tx.handle()
                .createUpdate("""
                        INSERT INTO change (seq, tenant_id, kind, subject, value, expires_at)
                        VALUES (:seq, :tenant, :kind, :subject, :value, :expiresAt)
                        """)
                .bind("seq", seq)
                .bind("tenant", change.tenant())
                .bind("kind", change.kind())
                .bind("subject", change.subject())
                .bind("value", change.value())
                .bind("expiresAt", change.expiresAt())
                .execute();
    }

    /** PostgreSQL only: tells every node that listens, once this is committed. */
    void announce(Tx tx, String channel) {
        tx.handle()
                .createQuery("SELECT pg_notify(:channel, '')")
                .bind("channel", channel)
                .mapTo(String.class)
                .one();
    }

    /** Up to {@code limit} changes, in order, the one with the number {@code seq} the first of them. */
    Page from(Sql sql, long seq, int limit) {
        List<Row> rows = sql.handle()
                .createQuery(page)
                .bind("seq", seq)
                .bind("limit", limit)
                .map((row, context) -> new Row(row.getLong(1), row.getBoolean(2), entry(row)))
                .list();
        Row first = rows.getFirst();
        return new Page(
                first.head(),
                first.standby(),
                rows.stream().flatMap(row -> row.entry().stream()).toList());
    }

    private static Optional<Entry> entry(ResultSet row) throws SQLException {
        long seq = row.getLong(3);
        if (row.wasNull()) {
            return Optional.empty();
        }
        Change change = new Change(
                TenantId.of(row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                Instant.ofEpochMilli(row.getLong(8)));
        return Optional.of(new Entry(seq, change));
    }

    int deleteExpired(Tx tx, Instant now) {
        return tx.handle()
                .createUpdate("""
                        DELETE FROM change
                        WHERE seq IN (SELECT seq FROM change WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)
                        """)
                .bind("now", now)
                .bind("limit", Reaper.BATCH)
                .execute();
    }
}
