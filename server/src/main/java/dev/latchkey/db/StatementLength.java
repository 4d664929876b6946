package dev.latchkey.db;

/** How many values a statement names that is written for a varying number of them. */
public final class StatementLength {
    private StatementLength() {}

    /** The next power of two, so that the database sees few statements and keeps them prepared; the last value is repeated. */
    public static int of(int values) {
        int length = 1;
        while (length < values) {
            length *= 2;
        }
        return length;
    }
}
