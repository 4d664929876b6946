/**
 * The verbs of the {@code latchkey} command, one class each. All run unattended: what they need comes as options, files or
 * standard input, never by asking.
 *
 * <p>Standard output carries the answer ({@code --json} where it is data), standard error everything else. Exit codes are
 * {@link dev.latchkey.boot.cli.ExitCode}.
 *
 * <p>A command throws a {@link dev.latchkey.boot.cli.Refusal} where it alone knows what to say. Files that cannot be used and a
 * database that is away it lets pass: {@code CommandRunner} asks {@link dev.latchkey.boot.AnticipatedFailure} for the sentences.
 *
 * <pre>
 * Main ─ CommandRunner ─ finds the Verb ─ picocli parses for that verb alone ─ XCommand.call() ─ exit code
 * </pre>
 */
@NullMarked
package dev.latchkey.boot.cli;

import org.jspecify.annotations.NullMarked;
