package dev.latchkey.transfer;

/** How a file of users is written. */
public enum FileFormat {
    CSV,
    JSONL
}
