package dev.latchkey.boot;

import dev.latchkey.backup.BackupException;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FileFailure;
import dev.latchkey.core.OperationalException;
import dev.latchkey.core.Problem;
import dev.latchkey.db.SqlStates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Failures that any work on files and the database may meet and that its operator can cure: a file that cannot be read, a full
 * disk, a database that is away. Every other failure is the program's own, and is to be reported with its stack trace.
 */
public final class AnticipatedFailure {
    private AnticipatedFailure() {}

    /** What happened and what to do; empty for a failure that nobody expects. */
    public static Optional<String> sentences(Throwable failure) {
        return switch (failure) {
            case OperationalException hindered -> Optional.of(String.valueOf(hindered.getMessage()));
            case SettingsException unusable -> Optional.of(String.join(" ", unusable.problems()));
            case BackupException useless -> Optional.of(String.valueOf(useless.getMessage()));
            case IOException failed -> Optional.of(FileFailure.of(failed).sentences());
            case UncheckedIOException failed ->
                Optional.of(FileFailure.of(failed).sentences());
            case Problem refused -> ofProblem(refused);
            default -> SqlStates.unusable(failure).map(AnticipatedFailure::unusable);
        };
    }

    private static Optional<String> ofProblem(Problem problem) {
        return problem.code() == ErrorCode.SERVICE_UNAVAILABLE
                        && !problem.internal().isEmpty()
                ? Optional.of(unusable(problem.internal()))
                : Optional.empty();
    }

    private static String unusable(String why) {
        return "This cannot be done now: " + why
                + ". Check that the database runs, has room and lets this user in, then run this again.";
    }
}
