package dev.latchkey.page;

import java.util.Locale;

/** The outcomes that a page tells in fixed words. */
public enum Notice {
    EMAIL_VERIFIED,
    PASSWORD_RESET,
    ACCOUNT_SECURED,
    ACCOUNT_UNLOCKED,
    SIGNED_IN,
    LOGIN_LINK_ELSEWHERE,
    SECOND_FACTOR_NEEDED,
    RECOVERY_STOPPED,
    FACTORS_RECOVERED,
    ADMIN_CREATED,
    PAGE_OUT_OF_DATE,
    SIGNED_IN_ALREADY,
    LINK_NOT_VALID;

    String key() {
        return "notice." + name().toLowerCase(Locale.ROOT);
    }
}
