package dev.latchkey.page;

/** A page that the token of a mailed link opens. */
public interface HoldsToken {
    String token();
}
