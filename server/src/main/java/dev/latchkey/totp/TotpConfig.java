package dev.latchkey.totp;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.util.List;

/**
 * How authenticator apps are set up and how their codes are judged.
 *
 * @param window how many time steps of 30 s before and after the present one are accepted
 * @param algorithm of devices set up from now on
 * @param digits of devices set up from now on: 6 or 8
 * @param issuer the name an app shows its codes under
 * @param maxDevices one user may have
 */
public record TotpConfig(int window, TotpAlgorithm algorithm, int digits, String issuer, int maxDevices) {
    private static final int MAX_ISSUER = 60;

    static final Setting<Integer> WINDOW = Setting.integer(
            "mfa.totp.window",
            1,
            0,
            2,
            "How many steps of 30 s before and after the present one an authenticator app's code is accepted for.");
    static final Setting<TotpAlgorithm> ALGORITHM = Setting.choice(
            "mfa.totp.algorithm",
            TotpAlgorithm.SHA1,
            "For authenticator apps set up from now on. Many apps know sha1 only, and some take the others for it without"
                    + " a word.");
    static final Setting<Integer> DIGITS = Setting.integer(
                    "mfa.totp.digits",
                    6,
                    6,
                    8,
                    "The length of codes, 6 or 8, for authenticator apps set up from now on. Some apps show 6 only.")
            .check(digits -> digits != 7, "must be 6 or 8");
    static final Setting<String> ISSUER = Setting.text(
                    "mfa.totp.issuer",
                    "",
                    "The name that authenticator apps show; unset for app.name. Apps already set up keep theirs.")
            .check(TotpConfig::isName, "must be at most " + MAX_ISSUER + " characters on one line");
    static final Setting<Integer> MAX_DEVICES =
            Setting.integer("mfa.totp.max-devices", 5, 1, 20, "How many authenticator apps one user may have.");

    public static List<Setting<?>> settings() {
        return List.of(WINDOW, ALGORITHM, DIGITS, ISSUER, MAX_DEVICES);
    }

    /** @param applicationName the issuer where none is set */
    public static TotpConfig from(Settings settings, String applicationName) {
        String issuer = settings.get(ISSUER);
        return new TotpConfig(
                settings.get(WINDOW),
                settings.get(ALGORITHM),
                settings.get(DIGITS),
                issuer.isBlank() ? applicationName : issuer,
                settings.get(MAX_DEVICES));
    }

    private static boolean isName(String text) {
        return text.length() <= MAX_ISSUER && text.chars().noneMatch(Character::isISOControl);
    }
}
