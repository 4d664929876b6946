package dev.latchkey.page;

/**
 * Offers a second factor to whoever has none; posts nothing but that they want none for now.
 *
 * @param passkeys whether passkeys can be made at this server's address
 */
public record OfferPage(AccountMenu menu, String returnTo, boolean passkeys) implements ReturnsTo {}
