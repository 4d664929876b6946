package dev.latchkey.user;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import java.util.Set;

/** A user to be created. */
public record NewUser(TenantId tenant, EmailAddress email, boolean emailVerified, Profile profile, Set<String> roles) {
    public NewUser {
        roles = Set.copyOf(roles);
    }
}
