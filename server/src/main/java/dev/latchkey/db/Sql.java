package dev.latchkey.db;

import org.jdbi.v3.core.Handle;

/** A connection to run statements on; a store's reading methods take it, so that they serve inside and outside a transaction. */
public sealed interface Sql permits ReadOnly, Tx {
    /** For {@code *Store} classes only. */
    Handle handle();
}
