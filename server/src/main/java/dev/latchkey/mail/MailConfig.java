package dev.latchkey.mail;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.core.EmailAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How mails leave.
 *
 * @param from what mails say they come from; empty only without SMTP
 * @param smtp empty where no server is configured
 * @param layouts the operator's own templates
 */
public record MailConfig(Optional<EmailAddress> from, Optional<SmtpConfig> smtp, MailLayouts layouts) {
    private static final int MAX_PORT = 65_535;
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(15);

    public static final Setting<String> FROM = Setting.text(
                    "mail.from", "", "The address that mails come from. Needed with mail.smtp.host.")
            .check(text -> EmailAddress.parse(text).isPresent(), "must be an e-mail address such as auth@example.com");
    public static final Setting<String> HOST = Setting.text(
                    "mail.smtp.host",
                    "",
                    "The mail server. Without one, mails wait in the outbox for seven days; in development they can be read at"
                            + " /dev/mail either way.")
            .alias("SMTP_HOST");
    public static final Setting<Integer> PORT = Setting.integer(
                    "mail.smtp.port",
                    0,
                    0,
                    MAX_PORT,
                    "0 is the usual port: 587 with starttls, 465 with implicit, 25 with none.")
            .alias("SMTP_PORT");
    public static final Setting<String> USERNAME = Setting.text(
                    "mail.smtp.username", "", "Signs in to the mail server; unset for one that asks for no password.")
            .alias("SMTP_USER");
    public static final Setting<String> PASSWORD = Setting.secret(
                    "mail.smtp.password", "The password of mail.smtp.username.")
            .alias("SMTP_PASSWORD");
    public static final Setting<SmtpConfig.Tls> TLS = Setting.choice(
            "mail.smtp.tls",
            SmtpConfig.Tls.STARTTLS,
            "starttls refuses a server that does not offer it; none is for a mail server on the same machine or network and"
                    + " sends no password.");
    public static final Setting<Duration> TIMEOUT = Setting.duration(
                    "mail.smtp.timeout", Duration.ofSeconds(10), "How long to wait for each answer of the mail server.")
            .check(
                    value -> value.isPositive() && value.compareTo(MAX_TIMEOUT) <= 0,
                    "must be more than 0 and at most 15s");

    public static final Setting<String> TEMPLATES = Setting.text(
            "mail.templates",
            "",
            "A folder of own templates of mails, such as mail.html and verify_email_de.txt; see docs/theming.md. Unset: ours.");

    public static List<Setting<?>> settings() {
        return List.of(FROM, HOST, PORT, USERNAME, PASSWORD, TLS, TIMEOUT, TEMPLATES);
    }

    public static MailConfig from(Settings settings) {
        Optional<EmailAddress> from = EmailAddress.parse(settings.get(FROM));
        String folder = settings.get(TEMPLATES);
        MailLayouts layouts = folder.isEmpty() ? MailLayouts.NONE : MailLayouts.read(Path.of(folder));
        String host = settings.get(HOST);
        if (host.isEmpty()) {
            return new MailConfig(from, Optional.empty(), layouts);
        }
        SmtpConfig.Tls tls = settings.get(TLS);
        int port = settings.get(PORT) == 0 ? tls.usualPort() : settings.get(PORT);
        return new MailConfig(
                from,
                Optional.of(new SmtpConfig(
                        host, port, tls, settings.get(USERNAME), settings.get(PASSWORD), settings.get(TIMEOUT))),
                layouts);
    }

    public static MailConfig defaults() {
        return new MailConfig(Optional.empty(), Optional.empty(), MailLayouts.NONE);
    }

    /** What is wrong between the keys, each as a sentence that begins with a key; empty where all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        layouts.problems().forEach(problem -> problems.add(TEMPLATES.key() + ": " + problem));
        if (smtp.isPresent() && from.isEmpty()) {
            problems.add("mail.from must be set with mail.smtp.host");
        }
        smtp.ifPresent(server -> {
            if (server.username().isEmpty() != server.password().isEmpty()) {
                problems.add("mail.smtp.username and mail.smtp.password must be set together");
            }
            if (server.tls() == SmtpConfig.Tls.NONE && !server.password().isEmpty()) {
                problems.add("mail.smtp.tls must be starttls or implicit where a password is sent");
            }
        });
        return List.copyOf(problems);
    }
}
