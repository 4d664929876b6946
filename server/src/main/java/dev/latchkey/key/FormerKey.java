package dev.latchkey.key;

/**
 * A master key that was replaced.
 *
 * @param needed whether values sealed with it may still be there
 * @param sealedKeys what goes on being needed of it, sealed with the current master key
 */
record FormerKey(String id, boolean needed, byte[] sealedKeys) {}
