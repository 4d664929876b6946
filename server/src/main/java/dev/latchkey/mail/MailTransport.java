package dev.latchkey.mail;

import dev.latchkey.outbox.Outcome;

/** A way for mails to leave. */
public sealed interface MailTransport permits SmtpTransport, DevelopmentMailbox {
    /** Sends one mail; blocks until the next hop took it or did not. Never throws for what the network does. */
    Outcome send(RenderedMail mail);
}
