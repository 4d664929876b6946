package dev.latchkey.db;

/**
 * A table after its rows were copied.
 *
 * @param sha256 over all its rows in the order of their keys, the same on both sides; lower-case hexadecimal
 */
public record MovedTable(String name, long rows, String sha256) {}
