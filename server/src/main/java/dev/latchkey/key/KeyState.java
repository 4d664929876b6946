package dev.latchkey.key;

/** Where a key is in its life. */
public enum KeyState {
    /** Published, does not sign yet. */
    NEXT("next"),
    /** Signs. */
    ACTIVE("active"),
    /** Only verifies what it signed. */
    RETIRED("retired"),
    /** Cut off: nothing it signed is accepted. */
    REVOKED("revoked");

    private final String stored;

    KeyState(String stored) {
        this.stored = stored;
    }

    String stored() {
        return stored;
    }

    static KeyState ofStored(String stored) {
        for (KeyState state : values()) {
            if (state.stored.equals(stored)) {
                return state;
            }
        }
        throw new IllegalStateException("signing_key.state holds " + stored + "; was a newer version running here?");
    }
}
