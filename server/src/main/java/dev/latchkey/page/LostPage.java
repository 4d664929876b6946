package dev.latchkey.page;

/** Tells what happens to whoever lost a second factor, with a button that begins it. */
public record LostPage(String returnTo) implements ReturnsTo {}
