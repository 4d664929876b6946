/**
 * Users in bulk: in from other systems with the hashes of their passwords, out into files.
 *
 * <p>Owns the file formats (CSV with a header, JSON lines), their columns and what is checked of each row. Owns no table: accounts
 * are {@code user}'s, hashes {@code password}'s. Does not own files, terminals and exit codes, which are {@code boot.cli}'s.
 *
 * <pre>
 * import:  text ─ UserRows (CSV | JSON lines) ─ RowReader: checked fields ─ UserImport: 200 rows a transaction ─ audit
 *                        └ a row that cannot be taken, with its line and why ─ RejectedRows
 * export:  UserExport: pages by id, joined with hashes if asked for ─ UserWriter (CSV | JSON lines)
 * </pre>
 *
 * <p>An import may be run again: whoever is there already, by id, source id or address, is passed over, or brought up to date where
 * that was asked for. So an interrupted one is finished by repeating it.
 *
 * <p>RFC 4180 (CSV), RFC 8259 (JSON).
 */
@NullMarked
package dev.latchkey.transfer;

import org.jspecify.annotations.NullMarked;
