package dev.latchkey.page;

import java.util.Locale;

/** The outcomes that a page tells in fixed words, and where it leads on to. */
public enum Notice {
    EMAIL_VERIFIED(PagePath.LOGIN, "login.title"),
    PASSWORD_RESET(PagePath.LOGIN, "login.title"),
    ACCOUNT_SECURED(PagePath.FORGOT, "onward.new_link"),
    ACCOUNT_UNLOCKED(PagePath.LOGIN, "login.title"),
    LOGIN_LINK_ELSEWHERE(PagePath.LOGIN, "login.title"),
    RECOVERY_STOPPED(PagePath.ACCOUNT_SECURITY, "onward.security"),
    FACTORS_RECOVERED(PagePath.LOGIN, "login.title"),
    ADMIN_CREATED(PagePath.LOGIN, "login.title"),
    PAGE_OUT_OF_DATE(PagePath.LOGIN, "onward.open_again"),
    LINK_NOT_VALID(PagePath.LOGIN, "login.title");

    private final PagePath onward;
    private final String label;

    Notice(PagePath onward, String label) {
        this.onward = onward;
        this.label = label;
    }

    String key() {
        return "notice." + name().toLowerCase(Locale.ROOT);
    }

    /** Where it leads on to, unless whoever shows it knows better. */
    PagePath onward() {
        return onward;
    }

    /** The key of the words on that link. */
    String label() {
        return label;
    }
}
