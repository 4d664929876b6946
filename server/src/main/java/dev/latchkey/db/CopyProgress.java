package dev.latchkey.db;

/** Told how far a copy is; called often, from the copying thread. */
@FunctionalInterface
public interface CopyProgress {
    /** @param all how many there are, 0 where that is not known yet */
    void at(long done, long all);
}
