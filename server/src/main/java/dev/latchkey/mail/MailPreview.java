package dev.latchkey.mail;

import static java.util.Map.entry;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.page.Language;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every mail in every language, with values that look like real ones, for whoever writes templates or texts. */
final class MailPreview {
    private static final Map<String, String> VALUES = Map.ofEntries(
            entry(MailMessage.TOKEN, "only-a-preview"),
            entry(MailMessage.EXPIRES_AT, "2026-01-31T12:30:00Z"),
            entry(MailMessage.NOT_ME_TOKEN, "only-a-preview"),
            entry(MailMessage.TIME, "2026-01-31T12:00:00Z"),
            entry(MailMessage.IP, "203.0.113.7"),
            entry(MailMessage.DEVICE, "Firefox, Linux"),
            entry(MailMessage.NEW_EMAIL, "new@example.com"),
            entry(MailMessage.UNTIL, "2026-01-31T12:30:00Z"),
            entry(MailMessage.CODE, "042137"),
            entry(MailMessage.LEFT, "3"),
            entry(MailMessage.FACTOR, "passkey"),
            entry(MailMessage.FACTOR_NAME, "Laptop"),
            entry(MailMessage.READY_AT, "2026-02-01T12:00:00Z"));

    private final MailRenderer renderer;

    MailPreview(MailRenderer renderer) {
        this.renderer = renderer;
    }

    /** The names of all mails. */
    static List<String> names() {
        return Stream.of(MailTemplate.values()).map(MailTemplate::key).toList();
    }

    /** Empty for a mail or language that there is not. */
    Optional<RenderedMail> mail(String name, String language) {
        Optional<MailTemplate> template = Stream.of(MailTemplate.values())
                .filter(one -> one.key().equals(name))
                .findFirst();
        return template.flatMap(found -> Language.of(Locale.forLanguageTag(language))
                .map(spoken -> renderer.render("preview", message(found, spoken))));
    }

    private static MailMessage message(MailTemplate template, Language language) {
        Map<String, String> values = new HashMap<>(VALUES);
        values.keySet().retainAll(template.requires());
        return new MailMessage(
                TenantId.MAIN,
                EmailAddress.parse("reader@example.com").orElseThrow(),
                template,
                values,
                language.locale());
    }
}
