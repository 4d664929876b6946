package dev.latchkey.totp;

import dev.latchkey.core.TotpDeviceId;

/** What a code was. Commit each: the first spends the code. */
public sealed interface TotpOutcome {
    /** The code is this device's, and is spent now. */
    record Accepted(TotpDeviceId device, String deviceName) implements TotpOutcome {}

    /** No device of the user shows this code. */
    record Wrong() implements TotpOutcome {}

    /** The code was right, and it or a newer one was used before: somebody may have watched. */
    record Replayed(TotpDeviceId device, String deviceName) implements TotpOutcome {}
}
