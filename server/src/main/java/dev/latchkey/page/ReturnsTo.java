package dev.latchkey.page;

/** A page that leads on to a place when it is done. */
public interface ReturnsTo {
    /** Checked; empty for the start page. */
    String returnTo();
}
