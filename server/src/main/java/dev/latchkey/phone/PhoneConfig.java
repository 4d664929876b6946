package dev.latchkey.phone;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.util.List;

/**
 * Whether numbers are taken as a second factor.
 *
 * @param enabled off, no new number is taken; one that was proved before is still asked for, or its owner would sign in with the
 *     password alone
 */
public record PhoneConfig(boolean enabled) {
    static final Setting<Boolean> ENABLED = Setting.flag(
            "mfa.sms.enabled",
            false,
            "Whether users may have codes texted to a number of theirs as a second factor. Weaker than the others: a number"
                    + " can be taken over without its owner noticing. Off, no new number is taken, and those proved before go"
                    + " on until they are removed. Needs sms.gateway.url; name sms.allowed-prefixes too.");

    public static List<Setting<?>> settings() {
        return List.of(ENABLED);
    }

    public static PhoneConfig from(Settings settings) {
        return new PhoneConfig(settings.get(ENABLED));
    }
}
