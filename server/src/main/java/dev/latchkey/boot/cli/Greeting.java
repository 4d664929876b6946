package dev.latchkey.boot.cli;

import dev.latchkey.boot.App;
import dev.latchkey.boot.Configuration;
import dev.latchkey.config.Profile;
import dev.latchkey.page.PagePath;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * What a start prints. The link that makes the first administrator goes to a file that only this user can read and to the
 * terminal, never to a log: whoever has it owns the server.
 */
final class Greeting {
    private static final Logger LOG = System.getLogger(Greeting.class.getName());
    private static final String FILE = "first-admin-link";

    private final PrintStream out;
    private final Configuration configuration;
    private final Path folder;
    private final boolean json;

    /** @param json whether what goes to a log collector must be JSON */
    Greeting(PrintStream out, Configuration configuration, Path folder, boolean json) {
        this.out = out;
        this.configuration = configuration;
        this.folder = folder;
        this.json = json;
    }

    void print(App app) {
        String address = configuration.http().publicUrl().isPresent()
                ? configuration.http().effectivePublicUrl().toString()
                : configuration.http().scheme() + "://localhost:" + app.server().port();
        boolean development = configuration.profile() == Profile.DEVELOPMENT;
        say("Latchkey is ready: " + address);
        if (configuration.http().servesDocs(configuration.profile())) {
            say("  API docs           " + address + "/api/docs");
        }
        if (development) {
            say("  Development mails  " + address + "/dev/mail");
        }
        firstAdministrator(app, address);
        out.flush();
    }

    private void firstAdministrator(App app, String address) {
        Path file = folder.resolve(FILE);
        Optional<String> token = app.firstAdministratorToken();
        if (token.isEmpty()) {
            removeSpent(file);
            return;
        }
        String link = address + PagePath.FIRST_ADMIN.path() + "?token=" + token.get();
        try {
            write(file, link);
        } catch (IOException failed) {
            LOG.log(
                    Level.WARNING,
                    "The link for the first administrator cannot be written to {0}: {1}",
                    file,
                    failed.toString());
            return;
        }
        String first = "  First administrator, once, within a day: ";
        if (isTerminal()) {
            out.println(first + link);
        } else {
            say(first + "see the link in " + file);
        }
    }

    /** To people, or to the log where a collector reads every line as JSON. Never a secret. */
    private void say(String line) {
        if (json && !isTerminal()) {
            LOG.log(Level.INFO, line.strip());
        } else {
            out.println(line);
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private static void removeSpent(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            LOG.log(Level.INFO, "The spent link in {0} cannot be deleted: {1}", file, failed.toString());
        }
    }

    private static void write(Path file, String link) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, link + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
