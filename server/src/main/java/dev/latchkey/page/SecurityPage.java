package dev.latchkey.page;

import java.util.List;
import java.util.Optional;

/**
 * What a person signs in with.
 *
 * @param offersSignOut whether the person is signed in elsewhere too and just changed what they sign in with
 * @param hasPassword whether the account has one
 * @param twoFactors whether logins ask for a second factor
 * @param required whether a role of the person demands one
 * @param offersPasskeys whether passkeys can be made at this address
 * @param offersPhone whether a telephone number can be set up here
 * @param phone the number that codes are texted to, its end alone
 * @param codesLeft backup codes that were not used yet
 */
public record SecurityPage(
        AccountMenu menu,
        Optional<String> done,
        boolean offersSignOut,
        boolean hasPassword,
        boolean twoFactors,
        boolean required,
        boolean offersPasskeys,
        List<Factor> passkeys,
        List<Factor> authenticators,
        boolean offersPhone,
        Optional<Factor> phone,
        int codesLeft) {
    /**
     * A passkey, an authenticator app or a telephone number.
     *
     * @param added a time to be read
     * @param lastUsed a time to be read
     * @param notes keys of sentences about it
     */
    public record Factor(String id, String name, String added, Optional<String> lastUsed, List<String> notes) {
        public Factor {
            notes = List.copyOf(notes);
        }
    }

    /** Whether there is a factor that backup codes can stand in for. */
    public boolean hasFactor() {
        return twoFactors || !passkeys.isEmpty();
    }

    public SecurityPage {
        passkeys = List.copyOf(passkeys);
        authenticators = List.copyOf(authenticators);
    }
}
