package dev.latchkey.boot;

/** Told how far long work is that has several phases, one after another. */
@FunctionalInterface
public interface Progress {
    /** How far one phase is; told often, from the working thread. */
    @FunctionalInterface
    interface Phase {
        /** @param all how many there are, 0 where nobody knows */
        void at(long done, long all);
    }

    /**
     * A phase begins, and the one before is over.
     *
     * @param doing what is being done, such as {@code Importing}
     * @param things what is counted, such as {@code users}; empty where nothing can be
     */
    Phase begin(String doing, String things);

    /** Tells nobody. */
    static Progress none() {
        return (doing, things) -> (done, all) -> {};
    }
}
