package dev.latchkey.transfer;

/** What became of a row. */
sealed interface RowOutcome {
    record Created() implements RowOutcome {}

    record Updated() implements RowOutcome {}

    record Present() implements RowOutcome {}

    /** @param because a sentence that says what to do */
    record Rejected(String because) implements RowOutcome {}
}
