package dev.latchkey.mail;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.outbox.Outcome;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Hands mails to the configured server, one connection each. */
public final class SmtpTransport implements MailTransport {
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int PERMANENT = 500;

    private final SmtpConfig server;
    private final EmailAddress from;
    private final String fromName;
    private final Clock clock;
    private final Optional<SSLSocketFactory> sockets;

    /** @param fromName shown beside the address */
    public SmtpTransport(SmtpConfig server, EmailAddress from, String fromName, Clock clock) {
        this(server, from, fromName, Optional.empty(), clock);
    }

    /** @param sockets make the TLS connections instead of the JVM's own: tests bring certificates that nobody else trusts */
    SmtpTransport(
            SmtpConfig server, EmailAddress from, String fromName, Optional<SSLSocketFactory> sockets, Clock clock) {
        this.server = server;
        this.sockets = sockets;
        this.from = from;
        this.fromName = fromName;
        this.clock = clock;
    }

    @Override
    public Outcome send(RenderedMail mail) {
        try {
            send(mail, new SmtpProgress(server, step -> {}));
            return new Outcome.Delivered();
        } catch (AddressException e) {
            return new Outcome.Refused("not an address the mail system knows");
        } catch (MessagingException e) {
            return outcome(e);
        }
    }

    /** Answers what the server said when it took the mail. */
    String send(RenderedMail mail, SmtpProgress progress) throws MessagingException {
        InternetAddress to = wire(mail.to());
        Session session = session(isAscii(to.getAddress()));
        try (Transport transport = session.getTransport()) {
            MimeMessage message = message(session, to, mail);
            if (server.username().isEmpty()) {
                transport.connect(server.host(), server.port(), null, null);
            } else {
                transport.connect(server.host(), server.port(), server.username(), server.password());
            }
            SMTPTransport smtp = (SMTPTransport) transport;
            progress.connected(smtp.isSSL());
            transport.sendMessage(message, message.getAllRecipients());
            return String.valueOf(smtp.getLastServerResponse()).strip();
        }
    }

    private Session session(boolean asciiRecipient) {
        Properties properties = properties(asciiRecipient);
        sockets.ifPresent(factory -> {
            properties.put("mail.smtp.ssl.socketFactory", factory);
            properties.put("mail.smtps.ssl.socketFactory", factory);
        });
        return Session.getInstance(properties);
    }

    private MimeMessage message(Session session, InternetAddress to, RenderedMail mail) throws MessagingException {
        MimeMessage message = new IdentifiedMessage(session, "<" + mail.id() + "@" + from.domain() + ">");
        message.setFrom(sender());
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(mail.subject(), UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        // Keeps vacation responders from answering.
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeMultipart alternatives = new MimeMultipart("alternative");
        alternatives.addBodyPart(part(mail.text(), "plain"));
        alternatives.addBodyPart(part(mail.html(), "html"));
        message.setContent(alternatives);
        message.saveChanges();
        return message;
    }

    private InternetAddress sender() throws MessagingException {
        InternetAddress sender = wire(from);
        try {
            sender.setPersonal(fromName, UTF_8);
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
        return sender;
    }

    private static MimeBodyPart part(String content, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(content, UTF_8, subtype);
        return part;
    }

    /** The mailbox as typed, at the domain's ASCII form: servers know no other. */
    private static InternetAddress wire(EmailAddress address) throws AddressException {
        String typed = address.asTyped();
        String local = typed.substring(0, typed.lastIndexOf('@'));
        return new InternetAddress(local + "@" + address.domain(), true);
    }

    private static boolean isAscii(String text) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
    }

    private Properties properties(boolean asciiRecipient) {
        Properties properties = new Properties();
        boolean implicit = server.tls() == SmtpConfig.Tls.IMPLICIT;
        boolean starttls = server.tls() == SmtpConfig.Tls.STARTTLS;
        String protocol = implicit ? "smtps" : "smtp";
        String timeout = Long.toString(server.timeout().toMillis());
        String prefix = "mail." + protocol + ".";
        properties.setProperty("mail.transport.protocol", protocol);
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(starttls));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(starttls));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(
                prefix + "auth", Boolean.toString(!server.username().isEmpty()));
        properties.setProperty(prefix + "connectiontimeout", timeout);
        properties.setProperty(prefix + "timeout", timeout);
        properties.setProperty(prefix + "writetimeout", timeout);
        // What EHLO says; else the machine's name is looked up.
        properties.setProperty(prefix + "localhost", from.domain());
        // RFC 6531, for mailboxes beyond ASCII.
        properties.setProperty("mail.mime.allowutf8", Boolean.toString(!asciiRecipient));
        return properties;
    }

    /** Only an address or content that the server refuses for good is refused; the rest an operator may mend. */
    private static Outcome outcome(MessagingException failure) {
        if (find(failure, AuthenticationFailedException.class).isPresent()) {
            return new Outcome.Failed("the mail server refuses mail.smtp.username or its password");
        }
        if (find(failure, SMTPSenderFailedException.class).isPresent()) {
            return new Outcome.Failed("the mail server refuses mail.from");
        }
        Optional<SMTPAddressFailedException> address = find(failure, SMTPAddressFailedException.class);
        if (address.isPresent()) {
            return byCode("recipient", address.get().getReturnCode());
        }
        Optional<SMTPSendFailedException> content = find(failure, SMTPSendFailedException.class);
        if (content.isPresent()) {
            return byCode("mail", content.get().getReturnCode());
        }
        return new Outcome.Failed(
                "the mail server cannot be used: " + failure.getClass().getSimpleName());
    }

    /** Not the server's words: they often quote the address. */
    private static Outcome byCode(String what, int code) {
        String reason = "the mail server refuses the " + what + ": SMTP " + code;
        return code >= PERMANENT ? new Outcome.Refused(reason) : new Outcome.Failed(reason);
    }

    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** Keeps its Message-ID at every try, so that a repetition can be told. */
    private static final class IdentifiedMessage extends MimeMessage {
        private final String id;

        IdentifiedMessage(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
