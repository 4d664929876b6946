package dev.latchkey.crypto;

import java.util.Optional;

/**
 * What one batch of a walk along a table did that seals values anew.
 *
 * @param sealed values that are under the current master key now
 * @param unreadable values that do not open and were left as they are
 * @param next where the next batch begins; empty at the table's end
 */
public record Resealed(int sealed, int unreadable, Optional<String> next) {}
