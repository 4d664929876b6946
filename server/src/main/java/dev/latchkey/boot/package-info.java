/**
 * The top of the house: {@link dev.latchkey.boot.Main} takes the command line, {@code App} is the one place that makes services
 * and closes them in reverse.
 *
 * <p>Owns: wiring, the list of all settings, the verbs ({@code boot.cli}), the log's form ({@code boot.logging}). Does not own:
 * any rule, route or table.
 */
@NullMarked
package dev.latchkey.boot;

import org.jspecify.annotations.NullMarked;
