package dev.latchkey.boot.cli;

import dev.latchkey.core.EmailAddress;
import picocli.CommandLine.Option;

/** The options of every verb about one user. */
final class UserOptions {
    @Option(names = "--email", required = true, description = "The user's e-mail address.")
    private String email = "";

    @Option(names = "--json", description = "Print the user as JSON.")
    private boolean json;

    EmailAddress email() {
        return EmailAddress.parse(email)
                .orElseThrow(() -> new Refusal(
                        ExitCode.USAGE, email + " is no e-mail address. Give one such as name@example.com."));
    }

    boolean json() {
        return json;
    }
}
