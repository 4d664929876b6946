package dev.latchkey.audit;

import java.util.List;

/** Something that is wrong with the trail, as precisely as the chain can tell. */
public sealed interface Finding {
    /** The last block it speaks of. */
    long block();

    /** What a person reads: what happened and where. */
    String message();

    /** @param ids of the rows; empty where each row is as it was sealed, but the block's digest is not theirs */
    record AlteredRows(long block, List<String> ids) implements Finding {
        @Override
        public String message() {
            if (ids.isEmpty()) {
                return "Block " + block + ": its digest is not that of its rows: the block itself was altered.";
            }
            return "Block " + block + ": altered row" + (ids.size() == 1 ? " " : "s ") + String.join(", ", ids) + ".";
        }
    }

    record MissingRows(long block, long expected, long found) implements Finding {
        @Override
        public String message() {
            return "Block " + block + ": missing rows: it was sealed with " + expected + ", " + found + " are there.";
        }
    }

    /** @param ids of rows that were not there, or were others, when the block was sealed */
    record AddedRows(long block, long expected, long found, List<String> ids) implements Finding {
        @Override
        public String message() {
            return "Block " + block + ": added rows: it was sealed with " + expected + ", " + found
                    + " are there. Added or altered: " + String.join(", ", ids) + ".";
        }
    }

    record RemovedBlocks(long first, long block) implements Finding {
        @Override
        public String message() {
            return first == block
                    ? "Block " + first + " was removed."
                    : "Blocks " + first + " to " + block + " were removed.";
        }
    }

    record BrokenLink(long block) implements Finding {
        @Override
        public String message() {
            return "Block " + block + " does not follow the block before it: one of the two was altered or replaced.";
        }
    }

    record ForgedSignature(long block, String key) implements Finding {
        @Override
        public String message() {
            return "Block " + block + ": forged signature: key " + key + " did not sign what the block now says.";
        }
    }

    record UnknownKey(long block, String key) implements Finding {
        @Override
        public String message() {
            return "Block " + block + ": forged signature: it names the key " + key + ", which this server never had.";
        }
    }

    /** Rows name blocks that do not exist: the blocks were removed from the end of the chain. */
    record LostBlocks(long last, long block) implements Finding {
        @Override
        public String message() {
            return "The chain ends at block " + last + ", but rows name block " + block
                    + ": blocks were removed from its end.";
        }
    }

    record TruncatedTail(long last, long block) implements Finding {
        @Override
        public String message() {
            return "Truncated: the chain ends at block " + last + ", but the checkpoint proves that block " + block
                    + " existed.";
        }
    }

    record NotOnChain(long block) implements Finding {
        @Override
        public String message() {
            return "The checkpoint of block " + block + " is not on this chain: everything up to it may be rewritten.";
        }
    }

    record ForgedCheckpoint(long block, String key) implements Finding {
        @Override
        public String message() {
            return "The checkpoint of block " + block + " is not genuine: key " + key + " did not sign it.";
        }
    }

    record RowsOutside(long rows) implements Finding {
        @Override
        public long block() {
            return Long.MAX_VALUE;
        }

        @Override
        public String message() {
            return rows + " rows name a block number that no block ever has: they were added by hand.";
        }
    }
}
