package dev.latchkey.human;

/** One attempt that may be made. Left as it is, it counts as a failure. */
@FunctionalInterface
public interface HumanPassage {
    /** Where no check is configured. */
    HumanPassage FREE = () -> {};

    /** It did not fail: it does not count, and the name's failures before it are forgotten. Never inside a transaction. */
    void succeeded();
}
