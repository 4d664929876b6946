package dev.latchkey.sms;

import dev.latchkey.outbox.Outcome;

/** A way for text messages to leave. */
@FunctionalInterface
public interface SmsTransport {
    /** Sends one message; blocks until the next hop took it or did not. Never throws for what the network does. */
    Outcome send(RenderedSms message);
}
