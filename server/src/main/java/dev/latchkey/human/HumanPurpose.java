package dev.latchkey.human;

import java.util.Locale;
import java.util.Optional;

/** What an answer is good for; one given for another purpose is refused. */
public enum HumanPurpose {
    LOGIN,
    LOGIN_CODE,
    REGISTER,
    FORGOT_PASSWORD,
    RESEND_VERIFICATION;

    /** As a challenge and a hosted check name it: letters and underscores, which every provider takes. */
    String action() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As the configuration names it. */
    String settingName() {
        return action().replace('_', '-');
    }

    static Optional<HumanPurpose> parse(String settingName) {
        for (HumanPurpose purpose : values()) {
            if (purpose.settingName().equals(settingName)) {
                return Optional.of(purpose);
            }
        }
        return Optional.empty();
    }
}
