package dev.latchkey.page;

import java.util.Optional;

/** A page that only tells something. */
public record MessagePage(String title, String text, Optional<PageLink> onward) {}
