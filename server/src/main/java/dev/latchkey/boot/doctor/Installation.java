package dev.latchkey.boot.doctor;

import dev.latchkey.boot.AnticipatedFailure;
import dev.latchkey.boot.Condition;
import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.OperationsListener;
import dev.latchkey.config.Profile;
import dev.latchkey.config.Settings;
import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** What is examined. Opens the database once, if it can; a check that needs it finds none where it could not. */
public final class Installation implements AutoCloseable {
    private final Configuration configuration;
    private final Settings settings;
    private final Clock clock;
    private final Optional<Path> backups;
    private final OperationsListener listener;
    private final Optional<Condition> condition;
    private final Optional<String> databaseProblem;

    private record Opened(Optional<Condition> condition, Optional<String> problem) {}

    /** @param backups the folder that backups are put into, where the operator names it */
    public Installation(Configuration configuration, Settings settings, Optional<Path> backups, Clock clock) {
        this.configuration = configuration;
        this.settings = settings;
        this.clock = clock;
        this.backups = backups;
        this.listener = new OperationsListener(configuration.http());
        Opened opened = open();
        this.condition = opened.condition();
        this.databaseProblem = opened.problem();
    }

    private Opened open() {
        if (configuration.database().address() instanceof SqliteFile sqlite && !Files.exists(sqlite.file())) {
            return new Opened(Optional.empty(), Optional.of(Database.NEVER_USED));
        }
        try {
            Optional<Condition> found = Condition.of(configuration, clock);
            return new Opened(found, found.isPresent() ? Optional.empty() : Optional.of(Database.NEVER_USED));
        } catch (RuntimeException failed) {
            // As with a check that breaks: the others have much to say all the same.
            String why = AnticipatedFailure.sentences(failed).orElse("The database cannot be opened: " + failed + ".");
            return new Opened(Optional.empty(), Optional.of(why));
        }
    }

    Configuration configuration() {
        return configuration;
    }

    Settings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    boolean isProduction() {
        return configuration.profile() == Profile.PRODUCTION;
    }

    Optional<Path> backups() {
        return backups;
    }

    OperationsListener listener() {
        return listener;
    }

    /** The database's; empty where it cannot be opened, which {@link Database} reports. */
    Optional<Condition> condition() {
        return condition;
    }

    Optional<String> databaseProblem() {
        return databaseProblem;
    }

    @Override
    public void close() {
        condition.ifPresent(Condition::close);
    }
}
