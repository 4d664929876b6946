package dev.latchkey.db;

import org.jdbi.v3.core.Handle;

record ReadOnly(Handle handle) implements Sql {}
