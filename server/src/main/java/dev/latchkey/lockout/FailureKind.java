package dev.latchkey.lockout;

/** What is being guessed at; each kind is counted for itself. Stored by {@link #label}. */
enum FailureKind {
    LOGIN("login"),
    SECOND_FACTOR("second-factor"),
    MAILED_CODE("mailed-code");

    private final String label;

    FailureKind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
