package dev.latchkey.page;

/**
 * Opens the same page in another language.
 *
 * @param name what its speakers call it
 * @param current whether the page is in it
 */
public record LanguageLink(String tag, String name, String href, boolean current) {}
