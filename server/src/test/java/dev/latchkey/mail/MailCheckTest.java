package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.http.TestCertificate;
import dev.latchkey.outbox.Outcome;
import dev.latchkey.page.PageConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailCheckTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final EmailAddress FROM =
            EmailAddress.parse("auth@acme.example").orElseThrow();
    private static final EmailAddress TO = EmailAddress.parse("ada@example.com").orElseThrow();

    @TempDir
    Path folder;

    private final GreenMail server = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    });
    private final List<MailStep> steps = new ArrayList<>();
    private FakeDns dns;

    @BeforeEach
    void start() throws IOException {
        server.start();
        dns = new FakeDns()
                .with("acme.example", "TXT", "unrelated", "v=spf1 include:mail.example -all")
                .with("acme.example", "MX", "mx.acme.example")
                .with(
                        "_dmarc.acme.example",
                        "TXT",
                        "v=DMARC1; p=quarantine; rua=mailto:" + "d".repeat(120) + "@acme.example");
    }

    @AfterEach
    void stop() {
        server.stop();
        dns.close();
    }

    @Test
    @DisplayName("a mail goes through STARTTLS to a server whose certificate is trusted, and each step says so")
    void startTls() throws Exception {
        TestCertificate certificate = TestCertificate.ec(folder);
        server.setUser("ignored@example.com", "user", "correct horse");
        try (StartTlsFront front = new StartTlsFront(server.getSmtp().getPort(), certificate.serving())) {
            SmtpConfig config = config(front.port(), SmtpConfig.Tls.STARTTLS, "user", "correct horse");

            assertThat(check(config, trusting(certificate))).isTrue();

            assertThat(steps).extracting(MailStep::result).containsOnly(MailStep.Result.OK);
            assertThat(steps)
                    .extracting(MailStep::what)
                    .containsExactly("Name", "Connection", "TLS", "Sign-in", "Delivery", "Sender", "SPF", "DMARC");
            assertThat(said("TLS")).contains("STARTTLS");
            assertThat(server.getReceivedMessages()).hasSize(1);
            assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("Acmé can send mails");
            assertThat(server.getReceivedMessages()[0].getAllRecipients()[0]).hasToString("ada@example.com");
        }
    }

    @Test
    @DisplayName("the server's own deliveries go through STARTTLS too, and refuse a certificate that nobody trusts")
    void startTlsOfTheTransport() throws Exception {
        TestCertificate certificate = TestCertificate.ec(folder);
        try (StartTlsFront front = new StartTlsFront(server.getSmtp().getPort(), certificate.serving())) {
            SmtpConfig config = config(front.port(), SmtpConfig.Tls.STARTTLS, "", "");
            RenderedMail mail = new RenderedMail("m-1", TO, "subject", "text", "<p>html</p>", List.of());
            assertThat(transport(config, Optional.empty()).send(mail)).isInstanceOf(Outcome.Failed.class);
            assertThat(server.getReceivedMessages()).isEmpty();
            assertThat(transport(config, trusting(certificate)).send(mail)).isEqualTo(new Outcome.Delivered());
            assertThat(server.getReceivedMessages()).hasSize(1);
        }
    }

    @Test
    @DisplayName("a certificate that nobody trusts, or for another name, is named as what is wrong")
    void badCertificate() throws Exception {
        TestCertificate certificate = TestCertificate.ec(folder);
        try (StartTlsFront front = new StartTlsFront(server.getSmtp().getPort(), certificate.serving())) {
            assertThat(check(config(front.port(), SmtpConfig.Tls.STARTTLS, "", ""), Optional.empty()))
                    .isFalse();
            assertThat(failure().what()).isEqualTo("TLS");
            assertThat(failure().says()).contains("certificate").contains("mail.smtp.host");
            steps.clear();
            SmtpConfig byOtherName =
                    new SmtpConfig("127.0.0.2", front.port(), SmtpConfig.Tls.STARTTLS, "", "", Duration.ofSeconds(5));
            assertThat(check(byOtherName, trusting(certificate))).isFalse();
            assertThat(server.getReceivedMessages()).isEmpty();
        }
    }

    @Test
    void withoutTlsItWarns() {
        assertThat(check(config(smtpPort(), SmtpConfig.Tls.NONE, "", ""), Optional.empty()))
                .isTrue();
        assertThat(step("TLS").result()).isEqualTo(MailStep.Result.WARNING);
    }

    @Test
    @DisplayName("each thing that can be wrong is told with what to do about it")
    void failures() throws IOException {
        failsAt(
                "Name",
                new SmtpConfig("mail.invalid", 587, SmtpConfig.Tls.STARTTLS, "", "", Duration.ofSeconds(5)),
                "mail.smtp.host");
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        failsAt("Connection", config(closed, SmtpConfig.Tls.STARTTLS, "", ""), "mail.smtp.port");
        failsAt("Greeting", config(smtpPort(), SmtpConfig.Tls.STARTTLS, "", ""), "does not offer STARTTLS");
        failsAt("TLS", config(smtpPort(), SmtpConfig.Tls.IMPLICIT, "", ""), "starttls");
        server.setUser("ignored@example.com", "user", "correct horse");
        failsAt("Sign-in", config(smtpPort(), SmtpConfig.Tls.NONE, "user", "wrong"), "mail.smtp.username");
        try (ServerSocket silent = new ServerSocket(0)) {
            SmtpConfig config = new SmtpConfig(
                    "localhost", silent.getLocalPort(), SmtpConfig.Tls.STARTTLS, "", "", Duration.ofMillis(300));
            failsAt("Greeting", config, "implicit");
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    @DisplayName("a domain without SPF, DMARC or MX, or with weak ones, is warned about")
    void domains() throws IOException {
        try (FakeDns weak = new FakeDns()
                .with("bare.example", "TXT", "nothing")
                .with("open.example", "TXT", "v=spf1 +all")
                .with("open.example", "MX", "mx.open.example")
                .with("_dmarc.open.example", "TXT", "v=DMARC1; p=none")
                .with("two.example", "TXT", "v=spf1 -all", "v=spf1 ~all")
                .with("two.example", "A", "192.0.2.1")
                .with("mail.sub.example", "TXT", "v=spf1 -all")
                .with("_dmarc.sub.example", "TXT", "v=DMARC1; p=reject")) {
            DomainCheck check = new DomainCheck(new DnsText(weak.url()));
            assertThat(warned(check, "bare.example")).containsExactly("Sender", "SPF", "DMARC");
            assertThat(warned(check, "open.example")).containsExactly("SPF", "DMARC");
            assertThat(warned(check, "two.example")).containsExactly("SPF", "DMARC");
            assertThat(warned(check, "mail.sub.example")).containsExactly("Sender");
            assertThat(warned(check, "unknown.example")).containsExactly("Sender", "SPF", "DMARC");
        }
    }

    @Test
    @DisplayName("where no DNS server answers, that is said and nothing is guessed")
    void withoutDns() {
        String nobody = dns.url();
        dns.close();
        List<MailStep> told = new DomainCheck(new DnsText(nobody)).run("acme.example");
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().says()).contains("cannot be looked up");
    }

    private static List<String> warned(DomainCheck check, String domain) {
        return check.run(domain).stream()
                .filter(step -> step.result() == MailStep.Result.WARNING)
                .map(MailStep::what)
                .toList();
    }

    private void failsAt(String what, SmtpConfig config, String says) {
        steps.clear();
        assertThat(check(config, Optional.empty())).isFalse();
        assertThat(failure().what()).as(steps.toString()).isEqualTo(what);
        assertThat(failure().says()).contains(says);
    }

    private boolean check(SmtpConfig config, Optional<SSLSocketFactory> sockets) {
        MailRenderer renderer =
                new MailRenderer(PageConfig.named("Acmé"), MailConfig.defaults(), URI.create("https://acme.example"));
        return new MailCheck(
                        config,
                        FROM,
                        transport(config, sockets),
                        renderer,
                        new DomainCheck(new DnsText(dns.url())),
                        CLOCK)
                .run("m-1", TO, steps::add);
    }

    private static SmtpTransport transport(SmtpConfig config, Optional<SSLSocketFactory> sockets) {
        return new SmtpTransport(config, FROM, "Acmé", sockets, CLOCK);
    }

    private static Optional<SSLSocketFactory> trusting(TestCertificate certificate) {
        return Optional.of(certificate.trusting().getSocketFactory());
    }

    private MailStep failure() {
        return steps.stream()
                .filter(step -> step.result() == MailStep.Result.FAILED)
                .findFirst()
                .orElseThrow();
    }

    private MailStep step(String what) {
        return steps.stream()
                .filter(step -> step.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    private String said(String what) {
        return step(what).says();
    }

    private int smtpPort() {
        return server.getSmtp().getPort();
    }

    private static SmtpConfig config(int port, SmtpConfig.Tls tls, String username, String password) {
        return new SmtpConfig("localhost", port, tls, username, password, Duration.ofSeconds(5));
    }
}
