package dev.latchkey.lifecycle;

import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.Tx;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailTemplate;
import dev.latchkey.mail.UnprovedMail;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.otp.LinkService;
import dev.latchkey.otp.LinkedFactor;
import dev.latchkey.outbox.Outbox;
import dev.latchkey.session.DeviceName;
import dev.latchkey.user.User;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells users what happened to their account, with a link that undoes it where it was not them (NIST SP 800-63B-4 section 4). */
public final class SecurityMails {
    /** Told of mails that were not sent because there had been enough; must not throw. */
    @FunctionalInterface
    public interface Silenced {
        void hit(TenantId tenant, LimitPolicy policy, String key);
    }

    /** Values that people type, and so what a stranger could have us deliver. */
    private static final Set<String> TYPED = Set.of(MailMessage.FACTOR_NAME, MailMessage.NEW_EMAIL);

    private final Outbox outbox;
    private final LinkService links;
    private final UnprovedMail unproved;
    private final Silenced silenced;
    private final Clock clock;

    /** @param silenced told after the commit */
    public SecurityMails(Outbox outbox, LinkService links, UnprovedMail unproved, Silenced silenced, Clock clock) {
        this.outbox = outbox;
        this.links = links;
        this.unproved = unproved;
        this.silenced = silenced;
        this.clock = clock;
    }

    /**
     * Sends one mail about the event. Its "this wasn't me" brings back the address that the mail went to, whatever took its
     * place meanwhile. An address that nobody proved may be a stranger's, whom whoever gave it wants to annoy: it gets few of
     * them, and in none the words of whoever has the account.
     *
     * @param to usually the user's address; the former one after a change
     */
    void send(Tx tx, SecurityEvent event, User user, EmailAddress to, MailTemplate template) {
        boolean proved =
                user.emailVerified() || !to.folded().equals(user.email().folded());
        if (!proved && !unproved.take(tx, user.tenant(), to)) {
            tx.afterCommit(() -> silenced.hit(user.tenant(), UnprovedMail.POLICY, to.folded()));
            return;
        }
        Map<String, String> values = new HashMap<>();
        for (String name : template.requires()) {
            boolean told = proved || !TYPED.contains(name);
            values.put(name, told ? value(tx, name, event, user, template, to) : "");
        }
        Locale locale = user.profile().locale().map(Locale::forLanguageTag).orElse(Locale.ROOT);
        outbox.enqueue(tx, new MailMessage(user.tenant(), to, template, values, locale));
    }

    private static LinkKind link(MailTemplate template) {
        return template == MailTemplate.RECOVERY_REQUESTED ? LinkKind.RECOVERY : LinkKind.UNLOCK;
    }

    /** The factor that whoever says "this wasn't me" to this event does not want. */
    private static Optional<LinkedFactor> added(SecurityEvent event) {
        Map<String, String> details = event.details();
        return Optional.ofNullable(details.get(Detail.FACTOR))
                .filter(ignored -> event.type() == EventType.FACTOR_ADDED)
                .map(kind -> new LinkedFactor(kind, details.getOrDefault(Detail.FACTOR_ID, "")));
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
                links.createDisavowal(tx, user.tenant(), user.id(), user.epoch(), to.asTyped(), added(event));
            case MailMessage.READY_AT -> event.details().getOrDefault(Detail.UNTIL, "-");
            case MailMessage.TOKEN -> links.create(tx, user.tenant(), link(template), user.id(), user.epoch(), "");
            case MailMessage.EXPIRES_AT ->
                clock.instant().plus(link(template).lifetime()).toString();
            default -> throw new IllegalStateException(template + " wants a value that no event has: " + name);
        };
    }
}
