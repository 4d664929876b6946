package dev.latchkey.crash;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server that outlives the servers under test, and keeps of each mail only the link to a new password. */
final class ReceivedMails implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("/reset-password\\?token=([A-Za-z0-9_-]+)");

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final Map<String, String> links = new ConcurrentHashMap<>();

    ReceivedMails() {
        server.start();
        server.getUserManager().setMessageDeliveryHandler((mail, recipient) -> {
            Matcher link = LINK.matcher(text(mail.getMessage()));
            if (link.find()) {
                links.put(recipient.getEmail(), link.group(1));
            }
            return server.setUser("everybody@example.com", "");
        });
    }

    int port() {
        return server.getSmtp().getPort();
    }

    /** The token of the newest link to a new password that reached this address. */
    Optional<String> link(String address) {
        return Optional.ofNullable(links.get(address));
    }

    /** Makes room; links are kept. */
    void purge() {
        try {
            server.purgeEmailFromAllMailboxes();
        } catch (com.icegreen.greenmail.store.FolderException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String text(MimeMessage message) throws MessagingException {
        try {
            BodyPart plain = ((MimeMultipart) message.getContent()).getBodyPart(0);
            return plain.getContent().toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
