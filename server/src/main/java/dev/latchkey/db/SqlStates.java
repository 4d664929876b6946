package dev.latchkey.db;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells failures of the two engines apart by their codes. */
public final class SqlStates {
    private static final int SQLITE_PRIMARY_KEY = 1555;
    private static final int SQLITE_UNIQUE = 2067;

    /** PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: the low byte of every code says which kind it is. */
    private static final Set<Integer> SQLITE_UNUSABLE = Set.of(3, 5, 6, 8, 10, 11, 13, 14, 26);

    /** Authorization, no such database, insufficient resources, insufficient privilege. */
    private static final Pattern POSTGRES_UNUSABLE = Pattern.compile("28...|3D...|53...|42501");

    private SqlStates() {}

    /**
     * Whether {@code failure} says that a unique key is taken. For the code around a transaction only: inside one use
     * {@code ON CONFLICT DO NOTHING RETURNING}, because PostgreSQL refuses every statement after a failed one.
     */
    public static boolean isUniqueViolation(Throwable failure) {
        return of(failure).map(SqlStates::unique).orElse(false);
    }

    private static boolean unique(SQLException failure) {
        if (failure instanceof org.sqlite.SQLiteException sqlite) {
            int code = sqlite.getResultCode().code;
            return code == SQLITE_UNIQUE || code == SQLITE_PRIMARY_KEY;
        }
        return "23505".equals(failure.getSQLState());
    }

    /** A serialization failure or deadlock: PostgreSQL has undone the transaction and asks to run it again. */
    static boolean isRetryable(Throwable failure) {
        String state = state(failure);
        return state.equals("40001") || state.equals("40P01");
    }

    /** A row that the statement refers to is not there: deleted since the transaction read it, or never there. */
    static boolean isMissingReference(Throwable failure) {
        return state(failure).equals("23503");
    }

    /**
     * The server is away, shutting down, full, a lock was held for too long, or this node kept its transaction waiting for too
     * long: not the statement's fault.
     */
    static boolean isAway(Throwable failure) {
        String state = state(failure);
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("53300")
                || state.equals("55P03")
                || state.equals("25P03")
                || state.equals("25006");
    }

    /** A lock was held by another connection for longer than this one waits. */
    static boolean isLocked(Throwable failure) {
        return state(failure).equals("55P03");
    }

    /**
     * Why the database as a whole cannot be used, to stand within a sentence: away, full, read-only, locked, damaged or not for
     * this user. Empty for every other failure.
     */
    public static Optional<String> unusable(Throwable failure) {
        return of(failure)
                .filter(failed -> failed instanceof org.sqlite.SQLiteException sqlite
                        ? SQLITE_UNUSABLE.contains(sqlite.getResultCode().code & 0xFF)
                        : isAway(failed)
                                || POSTGRES_UNUSABLE.matcher(state(failed)).matches())
                .map(SqlStates::said);
    }

    /** What a driver says, to stand within a sentence. */
    static String said(SQLException failed) {
        return String.valueOf(failed.getMessage()).strip().replaceFirst("\\.+$", "");
    }

    private static String state(Throwable failure) {
        return of(failure)
                .map(SQLException::getSQLState)
                .filter(state -> !state.isEmpty())
                .orElse("none");
    }

    private static Optional<SQLException> of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }
}
