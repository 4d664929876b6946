package dev.latchkey.core;

/**
 * The tenant that owns a root object. Tenancy is dormant: only {@link #MAIN} exists, but every natural key starts with it, so
 * that a second one needs no migration of meaning.
 */
public record TenantId(String value) {
    private static final int MAX_LENGTH = 63;

    public static final TenantId MAIN = new TenantId("main");

    public TenantId {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !isMadeOfNameCharacters(value)) {
            throw new IllegalArgumentException("not a tenant id");
        }
    }

    /** The same object for the same frequent id, because every row names one. */
    public static TenantId of(String value) {
        return value.equals(MAIN.value) ? MAIN : new TenantId(value);
    }

    private static boolean isMadeOfNameCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '-' && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
