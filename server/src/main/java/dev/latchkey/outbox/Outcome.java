package dev.latchkey.outbox;

/** How one try to deliver ended. Reasons are stored and logged: they hold no address, token or text of the message. */
public sealed interface Outcome {
    /** The next hop took it. */
    record Delivered() implements Outcome {}

    /** It may work later. */
    record Failed(String reason) implements Outcome {}

    /** It will never work. */
    record Refused(String reason) implements Outcome {}
}
