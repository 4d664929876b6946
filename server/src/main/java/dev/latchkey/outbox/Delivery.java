package dev.latchkey.outbox;

/** Sends messages of one kind. Called by one thread at a time. */
public interface Delivery {
    /** Whether there is a way to send at all; while not, messages wait and no try is counted. */
    boolean available();

    /**
     * Sends one message. Blocks, for a minute at most.
     *
     * @param id the same at every try, so that a receiver can tell a repetition
     * @param payload as the message gave it
     */
    Outcome deliver(String id, byte[] payload);
}
