package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.db.DatabaseAddress;

/** What is said where PostgreSQL's own tools do the work. */
final class PostgresAdvice {
    private static final String BACKUP = """
            This installation is on PostgreSQL, whose own tools back it up while the server runs:

              pg_dump --format=custom --file=latchkey.dump "$DATABASE"      # one state, for small databases
              pg_basebackup --pgdata=/backups/base --wal-method=stream      # with WAL archiving (archive_mode = on,
                                                                            # archive_command) for any later moment

            Keep the master key (LATCHKEY_MASTER_KEY or its file) elsewhere: neither holds it, and without it what is sealed
            in the database cannot be read. See "Backup" in docs/operations.md.""";

    private static final String RESTORE = """
            This installation is on PostgreSQL, whose own tools restore it. Stop every server first, then:

              createdb latchkey && pg_restore --exit-on-error --dbname=latchkey latchkey.dump
              or: put the base backup in place, set restore_command and recovery_target_time, start PostgreSQL

            Then run this, still without a server, with the database's address and its master key:

              latchkey restore --in-place     # proves the audit trail, ends all sessions, tokens and links, makes new keys

            A restored state knows nothing of what was revoked or spent since. See "Restore" in docs/operations.md.""";

    private PostgresAdvice() {}

    /** @throws Refusal on PostgreSQL */
    static void refuseBackup(Configuration configuration) {
        refuse(configuration, BACKUP);
    }

    /** @throws Refusal on PostgreSQL */
    static void refuseRestore(Configuration configuration) {
        refuse(configuration, RESTORE);
    }

    private static void refuse(Configuration configuration, String advice) {
        if (configuration.database().address() instanceof DatabaseAddress.PostgresServer) {
            throw new Refusal(ExitCode.NO, advice);
        }
    }
}
