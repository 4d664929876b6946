package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.MutableClock;
import dev.latchkey.outbox.Outcome;
import dev.latchkey.page.PageConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailDeliveryTest {
    private final MailRenderer renderer =
            new MailRenderer(PageConfig.named("Acme"), MailConfig.defaults(), URI.create("https://auth.example.com"));
    private final DevelopmentMailbox mailbox = new DevelopmentMailbox(new MutableClock());
    private final byte[] payload =
            TestMails.of(MailTemplate.RESET_PASSWORD, "ada@example.com").payload();

    @Test
    @DisplayName("without SMTP in production mails wait")
    void withoutTransport() {
        assertThat(new MailDelivery(renderer, List.of()).available()).isFalse();
    }

    @Test
    @DisplayName("a mail that SMTP did not take is tried again and shown once in the development mailbox")
    void bothTransports() {
        // Nothing listens on port 1.
        SmtpConfig nowhere = new SmtpConfig("127.0.0.1", 1, SmtpConfig.Tls.NONE, "", "", Duration.ofSeconds(2));
        EmailAddress from = EmailAddress.parse("auth@example.com").orElseThrow();
        SmtpTransport smtp = new SmtpTransport(nowhere, from, "Acme", Clock.systemUTC());
        MailDelivery delivery = new MailDelivery(renderer, List.of(mailbox, smtp));
        assertThat(delivery.deliver("m-1", payload)).isInstanceOf(Outcome.Failed.class);
        assertThat(delivery.deliver("m-1", payload)).isInstanceOf(Outcome.Failed.class);
        assertThat(mailbox.list())
                .singleElement()
                .satisfies(
                        received -> assertThat(received.mail().to().asTyped()).isEqualTo("ada@example.com"));
    }

    @Test
    @DisplayName("a mail of a newer release waits for a node that can read it")
    void unreadable() {
        payload[0] = 99;
        assertThat(new MailDelivery(renderer, List.of(mailbox)).deliver("m-1", payload))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(mailbox.list()).isEmpty();
    }
}
