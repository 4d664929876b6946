package dev.latchkey.mail;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Sends one real mail through the configured server and tells each step; then looks at what others see of the sender's domain. */
public final class MailCheck {
    private final SmtpConfig server;
    private final EmailAddress from;
    private final SmtpTransport transport;
    private final MailRenderer renderer;
    private final DomainCheck domain;
    private final Clock clock;

    public MailCheck(
            SmtpConfig server, EmailAddress from, SmtpTransport transport, MailRenderer renderer, Clock clock) {
        this(server, from, transport, renderer, new DomainCheck(new DnsText("")), clock);
    }

    MailCheck(
            SmtpConfig server,
            EmailAddress from,
            SmtpTransport transport,
            MailRenderer renderer,
            DomainCheck domain,
            Clock clock) {
        this.server = server;
        this.from = from;
        this.transport = transport;
        this.renderer = renderer;
        this.domain = domain;
        this.clock = clock;
    }

    /**
     * @param told each step as it is done; after one that failed no other of the delivery follows
     * @return whether the server took the mail
     */
    public boolean run(String id, EmailAddress to, Consumer<MailStep> told) {
        boolean accepted = resolves(told) && connects(told) && delivers(id, to, told);
        domain.run(from.domain()).forEach(told);
        return accepted;
    }

    private boolean resolves(Consumer<MailStep> told) {
        try {
            List<InetAddress> addresses = Arrays.asList(InetAddress.getAllByName(server.host()));
            told.accept(MailStep.ok(
                    "Name",
                    server.host() + " is "
                            + addresses.stream()
                                    .map(InetAddress::getHostAddress)
                                    .collect(Collectors.joining(", "))
                            + "."));
            return true;
        } catch (UnknownHostException unknown) {
            told.accept(MailStep.failed(
                    "Name",
                    "The name " + server.host()
                            + " is not known. Check mail.smtp.host, and that this machine can ask a DNS" + " server."));
            return false;
        }
    }

    private boolean connects(Consumer<MailStep> told) {
        String where = server.host() + " port " + server.port();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), (int)
                    server.timeout().toMillis());
            told.accept(MailStep.ok("Connection", where + " answers."));
            return true;
        } catch (ConnectException refused) {
            told.accept(MailStep.failed(
                    "Connection",
                    where
                            + " refuses connections. Check mail.smtp.port: 587 is usual with starttls, 465 with implicit, 25"
                            + " with none."));
        } catch (SocketTimeoutException silent) {
            told.accept(MailStep.failed(
                    "Connection",
                    where + " does not answer within " + server.timeout().toSeconds()
                            + " s. A firewall may be between; many providers block outgoing port 25."));
        } catch (IOException failed) {
            told.accept(MailStep.failed("Connection", where + " cannot be reached: " + failed.getMessage() + "."));
        }
        return false;
    }

    private boolean delivers(String id, EmailAddress to, Consumer<MailStep> told) {
        MailMessage message = new MailMessage(
                TenantId.MAIN,
                to,
                MailTemplate.TEST,
                Map.of(MailMessage.TIME, clock.instant().toString()),
                Locale.ENGLISH);
        SmtpProgress progress = new SmtpProgress(server, told);
        try {
            String answer = transport.send(renderer.render(id, message), progress);
            told.accept(MailStep.ok(
                    "Delivery",
                    "The server took the mail to " + to + ": " + answer
                            + " Look into that mailbox, and its spam folder."));
            return true;
        } catch (MessagingException failure) {
            told.accept(explained(failure, progress));
            return false;
        }
    }

    private MailStep explained(MessagingException failure, SmtpProgress progress) {
        Optional<SSLException> tls = SmtpTransport.find(failure, SSLException.class);
        if (tls.isPresent()) {
            return MailStep.failed("TLS", tlsAdvice(tls.get()));
        }
        if (SmtpTransport.find(failure, AuthenticationFailedException.class).isPresent()) {
            return MailStep.failed(
                    "Sign-in",
                    "The server refuses mail.smtp.username or its password: " + line(failure)
                            + ". Check both; some providers want a password made for applications.");
        }
        if (!progress.isConnected()) {
            return MailStep.failed("Greeting", greetingAdvice(failure));
        }
        return MailStep.failed(
                "Delivery",
                "The server refuses the mail: " + line(failure) + ". It may not take mail from " + from
                        + " (mail.from) with this sign-in, or not to that address.");
    }

    private String tlsAdvice(SSLException failure) {
        String why = line(failure);
        if (why.contains("plaintext") || why.contains("Unsupported or unrecognized SSL message")) {
            return "The port does not speak TLS from the start. Set mail.smtp.tls to starttls, or mail.smtp.port to 465.";
        }
        return "The certificate of " + server.host() + " is not accepted: " + why
                + ". mail.smtp.host must be a name in the certificate, and its issuer one that this Java trusts.";
    }

    private String greetingAdvice(MessagingException failure) {
        String why = line(failure);
        if (server.tls() == SmtpConfig.Tls.STARTTLS && why.contains("STARTTLS")) {
            return "The server does not offer STARTTLS on port " + server.port()
                    + ". Nothing was sent unprotected. Use its port for TLS: 587, or 465 with mail.smtp.tls: implicit.";
        }
        if (SmtpTransport.find(failure, SocketTimeoutException.class).isPresent()) {
            return "Port " + server.port()
                    + " takes the connection and then says nothing. If it speaks TLS from the start, set"
                    + " mail.smtp.tls to implicit.";
        }
        return "The server ends the conversation: " + why + ".";
    }

    /** What the server or the library says, on one line; this goes to the operator's terminal, never to a log. */
    private static String line(Exception failure) {
        String text =
                String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
