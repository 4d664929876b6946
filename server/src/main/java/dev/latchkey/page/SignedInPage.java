package dev.latchkey.page;

/**
 * What the login page is to whoever is signed in already.
 *
 * @param onward where the login would have led
 */
public record SignedInPage(AccountMenu menu, String onward) {}
