package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.outbox.Outcome;
import dev.latchkey.page.PageConfig;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SmtpTransportTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final EmailAddress FROM =
            EmailAddress.parse("auth@acme.example").orElseThrow();

    private final GreenMail server = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    });

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    @DisplayName("a mail arrives in text and HTML with the headers of an automatic mail")
    void arrives() throws Exception {
        RenderedMail mail = mail("ada@example.com");
        assertThat(plain().send(mail)).isEqualTo(new Outcome.Delivered());

        MimeMessage received = only();
        assertThat(received.getSubject()).isEqualTo("Choose a new password for Acmé");
        assertThat(received.getFrom()[0].toString()).contains("auth@acme.example");
        assertThat(received.getAllRecipients()[0]).hasToString("ada@example.com");
        assertThat(received.getHeader("Message-ID")).containsExactly("<m-1@acme.example>");
        assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(received.getSentDate()).isEqualTo(Date.from(NOW));
        MimeMultipart parts = (MimeMultipart) received.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(lines(parts.getBodyPart(0).getContent())).isEqualTo(lines(mail.text()));
        assertThat(parts.getBodyPart(1).getContentType()).isEqualToIgnoringCase("text/html; charset=UTF-8");
        assertThat(lines(parts.getBodyPart(1).getContent())).isEqualTo(lines(mail.html()));
    }

    @Test
    void signsIn() {
        server.setUser("ignored@example.com", "user", "correct horse");
        assertThat(signedIn("correct horse").send(mail("ada@example.com"))).isEqualTo(new Outcome.Delivered());
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    @DisplayName("a wrong password of ours can be mended: the mail is tried again")
    void aWrongPasswordIsNotTheMailsFault() {
        server.setUser("ignored@example.com", "user", "correct horse");
        assertThat(signedIn("wrong").send(mail("ada@example.com")))
                .isEqualTo(new Outcome.Failed("the mail server refuses mail.smtp.username or its password"));
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    @DisplayName("a server without STARTTLS gets nothing when it is demanded")
    void demandsTls() {
        SmtpTransport transport = transport(smtpPort(), SmtpConfig.Tls.STARTTLS, "", "");
        assertThat(transport.send(mail("ada@example.com"))).isInstanceOf(Outcome.Failed.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    @DisplayName("implicit TLS refuses a certificate that nobody trusts")
    void checksTheCertificate() {
        SmtpTransport transport = transport(server.getSmtps().getPort(), SmtpConfig.Tls.IMPLICIT, "", "");
        assertThat(transport.send(mail("ada@example.com"))).isInstanceOf(Outcome.Failed.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() {
        SmtpTransport transport = plain();
        server.stop();
        assertThat(transport.send(mail("ada@example.com"))).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    @DisplayName("no line break gets into a header: not by address, subject or id")
    void headersCannotBeInjected() {
        EmailAddress forged = new EmailAddress("a@example.com\r\nBcc: b@example.com", "a@example.com");
        EmailAddress good = EmailAddress.parse("a@example.com").orElseThrow();
        assertThatThrownBy(() -> new RenderedMail("m-1", forged, "s", "t", "h", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RenderedMail("m-1", good, "s\r\nBcc: b@example.com", "t", "h", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RenderedMail("m\n1", good, "s", "t", "h", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        EmailAddress two = new EmailAddress("a@example.com,b@example.com", "a@example.com");
        assertThat(plain().send(new RenderedMail("m-1", two, "s", "t", "h", List.of())))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    @DisplayName("an international domain is sent to in its ASCII form")
    void internationalDomain() throws Exception {
        assertThat(plain().send(mail("ada@bücher.example"))).isEqualTo(new Outcome.Delivered());
        assertThat(only().getAllRecipients()[0]).hasToString("ada@xn--bcher-kva.example");
    }

    private MimeMessage only() {
        assertThat(server.getReceivedMessages()).hasSize(1);
        return server.getReceivedMessages()[0];
    }

    private SmtpTransport plain() {
        return transport(smtpPort(), SmtpConfig.Tls.NONE, "", "");
    }

    private SmtpTransport signedIn(String password) {
        return transport(smtpPort(), SmtpConfig.Tls.NONE, "user", password);
    }

    private int smtpPort() {
        return server.getSmtp().getPort();
    }

    private static SmtpTransport transport(int port, SmtpConfig.Tls tls, String username, String password) {
        SmtpConfig config = new SmtpConfig("127.0.0.1", port, tls, username, password, Duration.ofSeconds(5));
        return new SmtpTransport(config, FROM, "Acmé", Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static RenderedMail mail(String to) {
        MailRenderer renderer =
                new MailRenderer(PageConfig.named("Acmé"), MailConfig.defaults(), URI.create("https://acme.example"));
        return renderer.render("m-1", TestMails.of(MailTemplate.RESET_PASSWORD, to));
    }

    private static List<String> lines(Object text) {
        return text.toString().lines().toList();
    }
}
