package dev.latchkey.lifecycle;

import dev.latchkey.db.Tx;
import dev.latchkey.outbox.Outbox;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.sms.SmsDelivery;
import dev.latchkey.sms.SmsMessage;
import dev.latchkey.sms.SmsTemplate;
import dev.latchkey.user.User;
import java.util.Locale;
import java.util.Map;

/** Tells users by text, too, what must not wait for a mailbox to be read (NIST SP 800-63B-4 section 4). */
public final class SecurityTexts {
    private final Outbox outbox;
    private final PhoneService phones;
    private final SmsDelivery delivery;

    public SecurityTexts(Outbox outbox, PhoneService phones, SmsDelivery delivery) {
        this.outbox = outbox;
        this.phones = phones;
        this.delivery = delivery;
    }

    /** Sends the text to the user's proved number, if there is one and texts can be sent. */
    void send(Tx tx, User user, SmsTemplate template) {
        if (!delivery.available()) {
            return;
        }
        Locale locale = user.profile().locale().map(Locale::forLanguageTag).orElse(Locale.ENGLISH);
        phones.find(tx, user.id())
                .ifPresent(phone ->
                        outbox.enqueue(tx, new SmsMessage(user.tenant(), phone.number(), template, Map.of(), locale)));
    }
}
