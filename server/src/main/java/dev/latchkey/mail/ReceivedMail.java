package dev.latchkey.mail;

import java.time.Instant;
import java.util.List;

/**
 * A message of the development mailbox as scripts read it.
 *
 * @param to an e-mail address, or a telephone number
 * @param subject empty for a text message, as are {@code html} and {@code links}
 * @param kind {@code mail} or {@code sms}
 */
public record ReceivedMail(
        String to, String subject, String text, String html, List<String> links, Instant sentAt, String kind) {
    static ReceivedMail of(DevelopmentMailbox.Received received) {
        RenderedMail mail = received.mail();
        return new ReceivedMail(
                mail.to().asTyped(), mail.subject(), mail.text(), mail.html(), mail.links(), received.sentAt(), "mail");
    }

    static ReceivedMail of(DevelopmentMailbox.ReceivedText received) {
        return new ReceivedMail(received.to(), "", received.text(), "", List.of(), received.sentAt(), "sms");
    }
}
