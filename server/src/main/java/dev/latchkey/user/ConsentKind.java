package dev.latchkey.user;

/** What a user can agree to (checklist S4-13), named as in requests. */
public enum ConsentKind {
    TERMS("terms"),
    PRIVACY("privacy"),
    MARKETING("marketing"),
    DATA_PROCESSING("dataProcessing");

    private final String wireName;

    ConsentKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    static ConsentKind ofStored(String stored) {
        for (ConsentKind kind : values()) {
            if (kind.wireName.equals(stored)) {
                return kind;
            }
        }
        throw new IllegalStateException("unknown consent kind in the database: " + stored);
    }
}
