package dev.latchkey.crypto;

/** What a sealed value is for. Each purpose has its own key, so a value can never be opened as another kind. */
public enum SealPurpose {
    SIGNING_KEY("signing-key"),
    OUTBOX("outbox"),
    /** A refresh token that may be answered once more within the grace period. */
    REFRESH_SUCCESSOR("refresh-successor"),
    AUDIT("audit"),
    /** What an authenticator app makes its codes from. */
    TOTP_SEED("totp-seed"),
    /** What was typed into a form, while its sender proves who they are. */
    KEPT_FORM("kept-form"),
    /** What is kept of a former master key. */
    KEPT_KEYS("kept-keys"),
    /** With a user's own salt: erasing the salt makes it unreadable for ever. */
    PERSONAL_DATA("personal-data");

    private final String label;

    // The label is part of every key made with it: a renamed constant must not change it.
    SealPurpose(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
