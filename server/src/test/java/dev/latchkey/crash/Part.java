package dev.latchkey.crash;

/** What of an installation can be struck down. */
enum Part {
    /** kill -9. */
    SERVER,
    /** {@code pg_ctl stop -m immediate}. */
    POSTGRES,
    /** kill -9; what it held is lost. */
    REDIS
}
