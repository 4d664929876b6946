/**
 * How log records leave the process: one line each on standard error, readable text or JSON.
 *
 * <p>Owns: the format, the levels, keeping control characters out of lines. Does not own: what is logged, by whom; nobody logs a
 * secret, a token, a code or a query string. Standard output belongs to what a command prints.
 */
@NullMarked
package dev.latchkey.boot.logging;

import org.jspecify.annotations.NullMarked;
