package dev.latchkey.boot;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Sql;

/** Who has a second factor of any kind, which no package that keeps one kind can tell. */
final class SecondFactorOwners {
    private SecondFactorOwners() {}

    static long administratorsWithout(Services services, Sql sql) {
        return services.users.administrators(sql, TenantId.MAIN).stream()
                .filter(user -> !isOwner(services, sql, user))
                .count();
    }

    private static boolean isOwner(Services services, Sql sql, UserId user) {
        return services.totp.enrolled(sql, user)
                || services.passkeys.enrolled(sql, user)
                || services.phones.enrolled(sql, user);
    }
}
