package dev.latchkey.totp;

/** The hash of the HMAC that makes codes. */
public enum TotpAlgorithm {
    /** What every authenticator app knows. */
    SHA1("HmacSHA1", 20),
    SHA256("HmacSHA256", 32),
    SHA512("HmacSHA512", 64);

    private final String macName;
    private final int seedBytes;

    TotpAlgorithm(String macName, int seedBytes) {
        this.macName = macName;
        this.seedBytes = seedBytes;
    }

    String macName() {
        return macName;
    }

    /** As long as what the HMAC answers (RFC 6238 section 3, R6). */
    int seedBytes() {
        return seedBytes;
    }
}
