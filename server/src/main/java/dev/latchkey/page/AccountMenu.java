package dev.latchkey.page;

import java.util.List;

/**
 * What every page of a signed-in person has: the way to the other pages, and out.
 *
 * @param csrf the session's token, for the forms
 * @param current the page that is shown, or belongs to what is shown
 */
public record AccountMenu(String csrf, PagePath current) {
    public static final List<PagePath> PLACES = List.of(
            PagePath.ACCOUNT,
            PagePath.ACCOUNT_SECURITY,
            PagePath.ACCOUNT_SESSIONS,
            PagePath.ACCOUNT_PRIVACY,
            PagePath.ACCOUNT_HISTORY);

    /** The last part of its path. */
    public static String id(PagePath place) {
        return place.path().substring(place.path().lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return "AccountMenu[" + current + "]";
    }
}
