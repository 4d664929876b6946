package dev.latchkey.mail;

import java.util.function.Consumer;

/** Hears how far a delivery is, where somebody wants to know. */
final class SmtpProgress {
    private final SmtpConfig server;
    private final Consumer<MailStep> told;
    private boolean connected;

    SmtpProgress(SmtpConfig server, Consumer<MailStep> told) {
        this.server = server;
        this.told = told;
    }

    /** The server greeted, TLS is up where it should be, and it knows us. */
    void connected(boolean tls) {
        connected = true;
        if (tls) {
            told.accept(MailStep.ok(
                    "TLS",
                    (server.tls() == SmtpConfig.Tls.STARTTLS ? "Protected by STARTTLS" : "Protected from the start")
                            + "; the certificate is good."));
        } else {
            told.accept(MailStep.warning(
                    "TLS",
                    "The connection is not protected (mail.smtp.tls: none): whoever is between reads the links in our mails."
                            + " Only for a mail server on this machine or network."));
        }
        if (server.username().isEmpty()) {
            told.accept(MailStep.ok("Sign-in", "The server asks for none (mail.smtp.username is unset)."));
        } else {
            told.accept(MailStep.ok("Sign-in", "The server knows " + server.username() + "."));
        }
    }

    boolean isConnected() {
        return connected;
    }
}
