package dev.latchkey.audit;

/**
 * A row of {@code audit_block}: a link of the hash chain.
 *
 * @param number 1, 2, 3 …
 * @param count how many rows it covers
 * @param digest over its rows in id order, {@link Chain#digest}
 * @param previous the hash of the block before; {@link Chain#genesis} for the first
 * @param at epoch milliseconds of the sealing
 * @param prunedThrough the last block that retention may have deleted by then; 0 for none
 * @param key the id of the key that signed
 * @param signature over {@link Chain#signed}
 * @param fingerprints the first 8 bytes of each row's hash, in id order: they tell which row was altered
 */
record Block(
        long number,
        long count,
        byte[] digest,
        byte[] previous,
        long at,
        long prunedThrough,
        String key,
        byte[] signature,
        byte[] fingerprints) {
    Block signedBy(CheckpointSigner.Signature by) {
        return new Block(number, count, digest, previous, at, prunedThrough, by.key(), by.value(), fingerprints);
    }
}
