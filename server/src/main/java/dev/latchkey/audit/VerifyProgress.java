package dev.latchkey.audit;

/** Told how far a verification is; called often, from the verifying thread. */
@FunctionalInterface
public interface VerifyProgress {
    void verified(long blocks, long ofBlocks);
}
