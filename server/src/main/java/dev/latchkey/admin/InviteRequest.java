package dev.latchkey.admin;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.Validation;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.Profile;
import dev.latchkey.user.Roles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body that creates a user: there is no password in it, the user sets one by mail. */
record InviteRequest(String email, Optional<String> name, Optional<List<String>> roles) {
    private static final Pattern ROLE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
    private static final int MAX_ROLES = 16;

    InviteRequest(@Nullable String email, Optional<String> name, Optional<List<String>> roles) {
        Validation check = new Validation();
        this.email = check.email("email", email).asTyped();
        this.name = check.optionalText("name", name.orElse(null), 200);
        this.roles = roles.map(List::copyOf);
        List<String> wanted = this.roles.orElse(List.of());
        check.require(
                wanted.size() <= MAX_ROLES
                        && wanted.stream().allMatch(role -> ROLE.matcher(role).matches()),
                "roles",
                "invalid_role",
                "Give at most 16 names of letters, digits, _ and -.");
        check.done();
    }

    NewUser user(TenantId tenant) {
        EmailAddress address = EmailAddress.parse(email).orElseThrow();
        Set<String> names = Set.copyOf(roles.filter(list -> !list.isEmpty()).orElse(List.of(Roles.USER)));
        return new NewUser(tenant, address, false, Profile.named(name), names);
    }
}
