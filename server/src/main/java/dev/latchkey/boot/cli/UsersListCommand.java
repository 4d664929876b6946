package dev.latchkey.boot.cli;

import dev.latchkey.boot.Operations;
import dev.latchkey.user.User;
import dev.latchkey.user.UserListing;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class UsersListCommand implements Callable<Integer> {
    private static final int PAGE = 500;

    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--email", paramLabel = "PREFIX", description = "Only users whose address starts with this.")
    private String prefix = "";

    @Option(
            names = "--limit",
            description =
                    "At most so many: the newest, or the first by address with --email. Default: ${DEFAULT-VALUE}.")
    private int limit = 1000;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    UsersListCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Operations operations = database.openForReading()) {
            UserListing listing = UserListing.of(prefix);
            while (rows.size() < limit) {
                List<User> page = operations.users(listing, Math.min(PAGE, limit - rows.size()));
                if (page.isEmpty()) {
                    break;
                }
                page.forEach(user -> rows.add(UserRow.of(user)));
                listing = listing.after(page.getLast());
            }
        }
        Output.rows(out, json, rows);
        return ExitCode.OK;
    }
}
