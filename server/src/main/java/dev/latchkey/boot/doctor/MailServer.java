package dev.latchkey.boot.doctor;

import dev.latchkey.mail.SmtpConfig;
import java.util.List;
import java.util.Optional;

/** Without mail nobody recovers an account. */
final class MailServer implements Check {
    @Override
    public String name() {
        return "mail server";
    }

    @Override
    public List<Finding> run(Installation installation) {
        Optional<SmtpConfig> server = installation.configuration().mail().smtp();
        if (server.isEmpty()) {
            return installation.isProduction()
                    ? warn(
                            "No mail server is configured: nobody can confirm an address or recover an account, and mails are"
                                    + " dropped after seven days. Set mail.smtp.host and mail.from, then run latchkey mail test.")
                    : ok("Mails can be read at /dev/mail.");
        }
        if (server.get().tls() == SmtpConfig.Tls.NONE
                && !Addresses.isNear(server.get().host())) {
            return warn("Mails, with the links in them, go to " + server.get().host()
                    + " in the clear. Set mail.smtp.tls to starttls or implicit.");
        }
        return ok("Mails leave by " + server.get().host() + ". latchkey mail test proves it.");
    }
}
