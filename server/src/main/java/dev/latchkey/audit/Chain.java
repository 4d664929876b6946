package dev.latchkey.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * The hashes of the chain, all SHA-256. What is hashed has one reading only: a label, then the fields in a fixed order, texts
 * and bytes with their length (4 bytes, big endian) before them, optional ones with a byte that says whether they are there,
 * numbers as 8 bytes.
 */
final class Chain {
    static final int HASH_BYTES = 32;
    static final int FINGERPRINT_BYTES = 8;

    private Chain() {}

    /** What the first block has for a previous hash. */
    static byte[] genesis() {
        return new byte[HASH_BYTES];
    }

    /** Over everything in a row but its block number, which the block vouches for by covering the row. */
    static byte[] rowHash(StoredEvent row) {
        return new Input("latchkey audit row 1")
                .text(row.id())
                .text(row.tenant())
                .optional(row.organization())
                .text(row.name())
                .number(row.at())
                .text(row.outcome())
                .optional(row.user())
                .text(row.actorKind())
                .optional(row.actorId())
                .text(row.requestId())
                .text(row.sealing())
                .bytes(row.personal())
                .hash();
    }

    /** Over the hashes of a block's rows, in id order. */
    static byte[] digest(List<byte[]> rowHashes) {
        Input input = new Input("latchkey audit rows 1").number(rowHashes.size());
        rowHashes.forEach(input::bytes);
        return input.hash();
    }

    static byte[] fingerprints(List<byte[]> rowHashes) {
        ByteBuffer all = ByteBuffer.allocate(rowHashes.size() * FINGERPRINT_BYTES);
        rowHashes.forEach(hash -> all.put(hash, 0, FINGERPRINT_BYTES));
        return all.array();
    }

    /** What the next block holds as {@code previous}, and what a checkpoint stands for. */
    static byte[] blockHash(Block block) {
        return new Input("latchkey audit block 1")
                .number(block.number())
                .number(block.count())
                .bytes(block.digest())
                .bytes(block.previous())
                .number(block.at())
                .number(block.prunedThrough())
                .bytes(block.fingerprints())
                .hash();
    }

    /** What is signed for a block: its hash with a label that nothing else signed by the key begins with. */
    static byte[] signed(byte[] blockHash) {
        byte[] label = "latchkey audit checkpoint 1".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(label.length + blockHash.length)
                .put(label)
                .put(blockHash)
                .array();
    }

    private static final class Input {
        private final MessageDigest sha256;
        private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

        Input(String label) {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JVM has SHA-256", e);
            }
            text(label);
        }

        Input text(String value) {
            return bytes(value.getBytes(StandardCharsets.UTF_8));
        }

        Input optional(Optional<String> value) {
            sha256.update((byte) (value.isPresent() ? 1 : 0));
            return value.isPresent() ? text(value.get()) : this;
        }

        Input number(long value) {
            sha256.update(number.clear().putLong(value).flip());
            return this;
        }

        Input bytes(byte[] value) {
            sha256.update(number.clear().putInt(value.length).flip());
            sha256.update(value);
            return this;
        }

        byte[] hash() {
            return sha256.digest();
        }
    }
}
