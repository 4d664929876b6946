package dev.latchkey.core;

import java.util.regex.Pattern;

/**
 * The tenant that owns a root object. Tenancy is dormant: only {@link #MAIN} exists, but every natural key starts with it, so
 * that a second one needs no migration of meaning.
 */
public record TenantId(String value) {
    // Before MAIN, which is checked against it.
    private static final Pattern FORMAT = Pattern.compile("[a-z0-9-]{1,63}");

    public static final TenantId MAIN = new TenantId("main");

    public TenantId {
        if (!FORMAT.matcher(value).matches()) {
            throw new IllegalArgumentException("not a tenant id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
