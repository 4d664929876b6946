package dev.latchkey.account;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.Tx;
import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailTemplate;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.otp.LinkService;
import dev.latchkey.outbox.Discarded;
import dev.latchkey.outbox.Outbox;
import dev.latchkey.user.User;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/** The mails that self service sends, each with the link it carries. */
public final class AccountMails {
    private final Outbox outbox;
    private final LinkService links;
    private final Clock clock;

    public AccountMails(Outbox outbox, LinkService links, Clock clock) {
        this.outbox = outbox;
        this.links = links;
        this.clock = clock;
    }

    /** Asks the owner of {@code address} to prove it; the link proves exactly this address. */
    void verification(Tx tx, User user, EmailAddress address) {
        String token =
                links.create(tx, user.tenant(), LinkKind.VERIFY_EMAIL, user.id(), user.epoch(), address.folded());
        send(tx, user, address, MailTemplate.VERIFY_EMAIL, withToken(token, LinkKind.VERIFY_EMAIL));
    }

    void reset(Tx tx, User user) {
        String token = links.create(tx, user.tenant(), LinkKind.RESET_PASSWORD, user.id(), user.epoch(), "");
        send(tx, user, user.email(), MailTemplate.RESET_PASSWORD, withToken(token, LinkKind.RESET_PASSWORD));
    }

    /** Tells the owner of a taken address that somebody tried to use it. */
    void taken(Tx tx, User owner) {
        Map<String, String> values = Map.of(MailMessage.TIME, clock.instant().toString());
        send(tx, owner, owner.email(), MailTemplate.EMAIL_TAKEN, values);
    }

    /** The same, with the writes of a mail with a link. */
    void takenInsteadOfLink(Tx tx, User owner) {
        links.createAnonymous(tx, owner.tenant(), LinkKind.VERIFY_EMAIL);
        taken(tx, owner);
    }

    /** The same writes as a mail with a link, to nobody. */
    void nobody(Tx tx, TenantId tenant, LinkKind kind) {
        links.createAnonymous(tx, tenant, kind);
        outbox.enqueue(tx, new Discarded(tenant));
    }

    private void send(Tx tx, User user, EmailAddress to, MailTemplate template, Map<String, String> values) {
        Locale locale = user.profile().locale().map(Locale::forLanguageTag).orElse(Locale.ROOT);
        outbox.enqueue(tx, new MailMessage(user.tenant(), to, template, values, locale));
    }

    private Map<String, String> withToken(String token, LinkKind kind) {
        return Map.of(
                MailMessage.TOKEN,
                token,
                MailMessage.EXPIRES_AT,
                clock.instant().plus(kind.lifetime()).toString());
    }
}
