package dev.latchkey.mail;

import java.time.Instant;
import java.util.List;

/** A mail of the development mailbox as scripts read it. */
public record ReceivedMail(String to, String subject, String text, String html, List<String> links, Instant sentAt) {
    static ReceivedMail of(DevelopmentMailbox.Received received) {
        RenderedMail mail = received.mail();
        return new ReceivedMail(
                mail.to().asTyped(), mail.subject(), mail.text(), mail.html(), mail.links(), received.sentAt());
    }
}
