package dev.latchkey.user;

import dev.latchkey.core.TenantId;
import dev.latchkey.db.Sql;
import java.util.TreeMap;

/** Counts the users of a tenant. Each count walks them all, so nothing that many ask for may use it. */
final class UserCountStore {
    UserCounts counts(Sql sql, TenantId tenant) {
        TreeMap<String, Long> withRole = new TreeMap<>();
        sql.handle()
                .createQuery("SELECT role, count(*) AS users FROM user_role WHERE tenant_id = :tenant GROUP BY role")
                .bind("tenant", tenant.value())
                .map((row, context) -> withRole.put(row.getString("role"), row.getLong("users")))
                .list();
        return sql.handle()
                .createQuery("""
                        SELECT count(*) AS all_users,
                               count(*) FILTER (WHERE u.status = :disabled) AS disabled,
                               count(*) FILTER (WHERE e.verified_at IS NULL) AS unverified,
                               count(*) FILTER (WHERE u.mfa_enabled) AS with_second_factor
                        FROM app_user u LEFT JOIN user_identifier e ON e.user_id = u.id AND e.kind = 'email'
                        WHERE u.tenant_id = :tenant""")
                .bind("tenant", tenant.value())
                .bind("disabled", UserStatus.DISABLED.stored())
                .map((row, context) -> new UserCounts(
                        row.getLong("all_users"),
                        row.getLong("disabled"),
                        row.getLong("unverified"),
                        row.getLong("with_second_factor"),
                        withRole))
                .one();
    }
}
