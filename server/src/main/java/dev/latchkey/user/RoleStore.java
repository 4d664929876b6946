package dev.latchkey.user;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.util.List;

/** The SQL of {@code user_role}. */
final class RoleStore {
    void add(Tx tx, UserId id, TenantId tenant, String role) {
        tx.handle()
                .createUpdate("""
                        INSERT INTO user_role (user_id, role, tenant_id, organization_id)
                        VALUES (:id, :role, :tenant, NULL) ON CONFLICT DO NOTHING""")
                .bind("id", id.value())
                .bind("role", role)
                .bind("tenant", tenant.value())
                .execute();
    }

    void deleteAll(Tx tx, UserId id) {
        tx.handle()
                .createUpdate("DELETE FROM user_role WHERE user_id = :id")
                .bind("id", id.value())
                .execute();
    }

    List<UserId> activeWith(Sql sql, TenantId tenant, List<String> roles) {
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
    List<UserId> lockActiveWith(Tx tx, TenantId tenant, List<String> roles) {
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
}
