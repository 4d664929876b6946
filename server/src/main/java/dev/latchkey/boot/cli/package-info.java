/**
 * The verbs of the {@code latchkey} command, one class each. All run unattended: what they need comes as options, files or
 * standard input, never by asking.
 *
 * <p>Standard output carries the answer ({@code --json} where it is data), standard error everything else. Exit codes are
 * {@link dev.latchkey.boot.cli.ExitCode}.
 *
 * <pre>
 * Main ─ CommandRunner ─ finds the Verb ─ picocli parses for that verb alone ─ XCommand.call() ─ exit code
 * </pre>
 */
@NullMarked
package dev.latchkey.boot.cli;

import org.jspecify.annotations.NullMarked;
