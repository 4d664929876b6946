/**
 * What a backup of a SQLite database is: one file that holds the copy and what a restore must know of it.
 *
 * <p>Owns the file's format. Does not own copying and checking databases ({@code db}), proving the audit trail ({@code audit}) nor
 * what follows from a restore ({@code lifecycle}); {@code boot} joins them. Owns no table.
 *
 * <pre>
 * latchkey-….zip ─┬─ latchkey.db     the database, one file
 *                 └─ manifest.json   {@link dev.latchkey.backup.Manifest}: when, which version, its SHA-256, the master key's id
 * </pre>
 *
 * <p>The master key is not in it: whoever finds a backup must not be able to read it.
 */
@NullMarked
package dev.latchkey.backup;

import org.jspecify.annotations.NullMarked;
