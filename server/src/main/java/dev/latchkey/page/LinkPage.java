package dev.latchkey.page;

import java.util.Optional;

/**
 * A page that a link from a mail opens, whose button spends the link.
 *
 * @param token the link's token, sent back by the form
 * @param csrf for a signed-in browser
 */
public record LinkPage(String token, Optional<String> csrf) implements HoldsToken {}
