package dev.latchkey.audit;

/** Signs checkpoints with a key that serves nothing else; bound to the feature that owns keys. */
@FunctionalInterface
public interface CheckpointSigner {
    /** A signature and the id of the key that made it, by which {@link CheckpointKeys} finds the key again. */
    record Signature(String key, byte[] value) {}

    Signature sign(byte[] content);
}
