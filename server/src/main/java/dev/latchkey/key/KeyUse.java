package dev.latchkey.key;

/** What a key signs. A key of one use never verifies for another. */
public enum KeyUse {
    /** Tokens; published to applications, rotated by itself. */
    TOKEN("token"),
    /** Tokens of a former system: published, so that applications go on verifying them; this server accepts none of them. */
    FOREIGN("foreign"),
    /** Checkpoints of the audit trail; not published, rotated by hand, public keys kept for ever. */
    AUDIT("audit");

    private final String stored;

    KeyUse(String stored) {
        this.stored = stored;
    }

    String stored() {
        return stored;
    }

    static KeyUse ofStored(String stored) {
        for (KeyUse use : values()) {
            if (use.stored.equals(stored)) {
                return use;
            }
        }
        throw new IllegalStateException("signing_key.key_use holds " + stored + "; was a newer version running here?");
    }
}
