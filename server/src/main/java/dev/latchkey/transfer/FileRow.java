package dev.latchkey.transfer;

import java.util.Map;

/** One row of a file. */
sealed interface FileRow {
    /** Where it begins in the file, from 1. */
    long line();

    /** As it stands in the file. */
    String raw();

    /** @param values what is not empty */
    record Fields(long line, String raw, Map<UserColumn, String> values) implements FileRow {}

    /** @param complaint why it cannot be read */
    record Unreadable(long line, String raw, String complaint) implements FileRow {}
}
