package dev.latchkey.core;

/** An OAuth client, as in the {@code client_id} of RFC 6749 section 2.2. */
public record ClientId(String value) {
    /** Latchkey's own API and pages. */
    public static final ClientId FIRST_PARTY = new ClientId("latchkey");

    /** The same object for the same frequent id, because so many are held in memory. */
    public static ClientId of(String value) {
        return value.equals(FIRST_PARTY.value) ? FIRST_PARTY : new ClientId(value);
    }

    public ClientId {
        if (value.isEmpty() || value.length() > 255) {
            throw new IllegalArgumentException("a client id has 1 to 255 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
