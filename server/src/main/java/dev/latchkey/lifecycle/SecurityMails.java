package dev.latchkey.lifecycle;

import dev.latchkey.audit.Detail;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.db.Tx;
import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailTemplate;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.otp.LinkService;
import dev.latchkey.outbox.Outbox;
import dev.latchkey.session.DeviceName;
import dev.latchkey.user.User;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Tells users what happened to their account, with a link that undoes it where it was not them (NIST SP 800-63B-4 section 4). */
public final class SecurityMails {
    private final Outbox outbox;
    private final LinkService links;
    private final Clock clock;

    public SecurityMails(Outbox outbox, LinkService links, Clock clock) {
        this.outbox = outbox;
        this.links = links;
        this.clock = clock;
    }

    /**
     * Sends one mail about the event. Its "this wasn't me" brings back the address that the mail went to, whatever took its
     * place meanwhile.
     *
     * @param to usually the user's address; the former one after a change
     */
    void send(Tx tx, SecurityEvent event, User user, EmailAddress to, MailTemplate template) {
        Map<String, String> values = new HashMap<>();
        for (String name : template.requires()) {
            values.put(name, value(tx, name, event, user, template, to));
        }
        Locale locale = user.profile().locale().map(Locale::forLanguageTag).orElse(Locale.ROOT);
        outbox.enqueue(tx, new MailMessage(user.tenant(), to, template, values, locale));
    }

    private static LinkKind link(MailTemplate template) {
        return template == MailTemplate.RECOVERY_REQUESTED ? LinkKind.RECOVERY : LinkKind.UNLOCK;
    }

    private String value(Tx tx, String name, SecurityEvent event, User user, MailTemplate template, EmailAddress to) {
        return switch (name) {
            case MailMessage.TIME -> clock.instant().toString();
            case MailMessage.IP -> event.ip().isEmpty() ? "-" : event.ip();
            case MailMessage.DEVICE -> DeviceName.of(event.userAgent());
            case MailMessage.NEW_EMAIL -> event.details().getOrDefault(Aftermath.NEW_EMAIL, "-");
            case MailMessage.UNTIL -> event.details().getOrDefault(Detail.UNTIL, "-");
            case MailMessage.LEFT -> event.details().getOrDefault(Detail.LEFT, "-");
            case MailMessage.FACTOR -> event.details().getOrDefault(Detail.FACTOR, "-");
            case MailMessage.FACTOR_NAME -> event.details().getOrDefault(Detail.FACTOR_NAME, "");
            case MailMessage.NOT_ME_TOKEN ->
                links.create(tx, user.tenant(), LinkKind.DISAVOW, user.id(), user.epoch(), to.asTyped());
            case MailMessage.READY_AT -> event.details().getOrDefault(Detail.UNTIL, "-");
            case MailMessage.TOKEN -> links.create(tx, user.tenant(), link(template), user.id(), user.epoch(), "");
            case MailMessage.EXPIRES_AT ->
                clock.instant().plus(link(template).lifetime()).toString();
            default -> throw new IllegalStateException(template + " wants a value that no event has: " + name);
        };
    }
}
