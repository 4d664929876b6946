package dev.latchkey.crypto;

import java.time.Clock;
import java.util.List;

/** Sealers for tests of any package. */
public final class Sealers {
    private Sealers() {}

    /** Under a fresh random master key. */
    public static Sealer forTests() {
        Secrets secrets = new Secrets(Clock.systemUTC());
        return new Sealer(secrets, MasterKey.of(secrets.bytes(32)), List.of());
    }
}
