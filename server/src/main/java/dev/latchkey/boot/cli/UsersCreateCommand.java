package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.Profile;
import dev.latchkey.user.Roles;
import dev.latchkey.user.User;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class UsersCreateCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--email", required = true, description = "The user's e-mail address.")
    private String email = "";

    @Option(names = "--name", description = "The user's name.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--role", paramLabel = "ROLE", description = "A role; may be repeated. Default: USER.")
    private List<String> roles = List.of(Roles.USER);

    @Option(names = "--verified", description = "The address counts as proved.")
    private boolean verified;

    @Option(names = "--password-stdin", description = "Reads the password from the first line of standard input.")
    private boolean passwordStdin;

    @Option(names = "--json", description = "Print the user as JSON.")
    private boolean json;

    UsersCreateCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        EmailAddress address = EmailAddress.parse(email)
                .orElseThrow(() -> new Refusal(
                        ExitCode.USAGE, email + " is no e-mail address. Give one such as name@example.com."));
        if (roles.stream().anyMatch(role -> !role.matches("[A-Za-z][A-Za-z0-9_-]{0,62}"))) {
            throw new Refusal(ExitCode.USAGE, "A role is letters, digits, _ and -, such as ADMIN.");
        }
        if (!passwordStdin) {
            throw new Refusal(ExitCode.USAGE, "Give --password-stdin and pipe the password into this command.");
        }
        String password = SecretInput.line();
        try (Operations operations = database.open()) {
            NewUser wanted = new NewUser(TenantId.MAIN, address, verified, Profile.named(name), Set.copyOf(roles));
            User user = operations.createUser(wanted, password);
            Output.row(out, json, UserRow.of(user));
        }
        return ExitCode.OK;
    }
}
