package dev.latchkey.user;

import java.util.List;
import java.util.Set;

/** The predefined role names. Others may be assigned; these are known to the server's own rules. */
public final class Roles {
    public static final String USER = "USER";
    public static final String ADMIN = "ADMIN";
    public static final String ENTERPRISE_ADMIN = "ENTERPRISE_ADMIN";
    public static final String DEVELOPER = "developer";

    private static final List<String> BY_RANK = List.of(ENTERPRISE_ADMIN, ADMIN, DEVELOPER, USER);

    private Roles() {}

    /** The one role for answers that have room for one: the highest known, else the first by name. */
    public static String primary(Set<String> roles) {
        return BY_RANK.stream()
                .filter(roles::contains)
                .findFirst()
                .orElseGet(() -> roles.stream().sorted().findFirst().orElse(USER));
    }

    /** Whether one of the roles opens the administration of users. */
    public static boolean administers(Set<String> roles) {
        return roles.contains(ADMIN) || roles.contains(ENTERPRISE_ADMIN);
    }
}
