package dev.latchkey.transfer;

/**
 * How an import goes about it.
 *
 * @param update brings accounts that are there already up to date, but for their passwords and addresses; else they stay as they are
 * @param dryRun checks everything and writes nothing
 * @param ignoreUnknown passes over columns that no user has
 */
public record ImportOptions(boolean update, boolean dryRun, boolean ignoreUnknown) {}
