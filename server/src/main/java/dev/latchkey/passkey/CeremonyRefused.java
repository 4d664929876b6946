package dev.latchkey.passkey;

/** Leaves the verification of an answer; never leaves the package. */
final class CeremonyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PasskeyRefusal refusal;

    CeremonyRefused(PasskeyRefusal refusal) {
        // No stack trace: hostile clients can cause many of them.
        super(refusal.reason(), null, false, false);
        this.refusal = refusal;
    }

    PasskeyRefusal refusal() {
        return refusal;
    }

    static void unless(boolean ok, PasskeyRefusal refusal) {
        if (!ok) {
            throw new CeremonyRefused(refusal);
        }
    }
}
