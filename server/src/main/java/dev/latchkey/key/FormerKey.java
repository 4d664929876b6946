package dev.latchkey.key;

/**
 * A master key that was replaced.
 *
 * @param needed whether values sealed with it may still be there
 * @param sealedAuditKey its key for the audit trail, sealed with the current master key
 */
record FormerKey(String id, boolean needed, byte[] sealedAuditKey) {}
