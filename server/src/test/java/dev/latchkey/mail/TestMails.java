package dev.latchkey.mail;

import static java.util.Map.entry;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Mails for tests of any package. */
public final class TestMails {
    /** One value for each name that a template may need. */
    static final Map<String, String> VALUES = Map.ofEntries(
            entry(MailMessage.TOKEN, "action-Token_1"),
            entry(MailMessage.EXPIRES_AT, "2030-01-02T03:04:05Z"),
            entry(MailMessage.NOT_ME_TOKEN, "not-me-Token_2"),
            entry(MailMessage.TIME, "2030-01-01T00:00:00Z"),
            entry(MailMessage.IP, "203.0.113.7"),
            entry(MailMessage.DEVICE, "Firefox on Linux"),
            entry(MailMessage.NEW_EMAIL, "new@example.org"),
            entry(MailMessage.UNTIL, "2030-01-01T00:30:00Z"),
            entry(MailMessage.CODE, "042137"),
            entry(MailMessage.LEFT, "3"),
            entry(MailMessage.FACTOR, "totp"),
            entry(MailMessage.FACTOR_NAME, "Ada's phone"),
            entry(MailMessage.READY_AT, "2030-01-01T00:30:00Z"));

    private TestMails() {}

    public static MailMessage of(MailTemplate template, String to) {
        return of(template, to, VALUES);
    }

    static MailMessage of(MailTemplate template, String to, Map<String, String> from) {
        Map<String, String> values = new TreeMap<>(from);
        values.keySet().retainAll(template.requires());
        return new MailMessage(TenantId.MAIN, EmailAddress.parse(to).orElseThrow(), template, values, Locale.ENGLISH);
    }
}
