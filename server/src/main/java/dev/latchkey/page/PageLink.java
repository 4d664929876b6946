package dev.latchkey.page;

/**
 * The one link onward from a page.
 *
 * @param href a path on this server, or the address of the application
 */
public record PageLink(String label, String href) {}
