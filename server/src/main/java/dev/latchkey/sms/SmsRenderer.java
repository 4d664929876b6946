package dev.latchkey.sms;

import dev.latchkey.page.PageConfig;
import dev.latchkey.page.Texts;
import dev.latchkey.page.Wording;
import java.net.URI;
import java.util.Map;

/** Writes a text message in the reader's language. */
public final class SmsRenderer {
    private static final String FILES = "/dev/latchkey/sms/messages";

    private final Wording wording;
    private final String host;

    /** @param publicUrl where people reach this server */
    public SmsRenderer(PageConfig config, URI publicUrl) {
        this.wording = new Wording(FILES, Map.of("app", config.applicationName()), config);
        this.host = publicUrl.getHost();
    }

    /** @param id becomes the message's own */
    public RenderedSms render(String id, SmsMessage message) {
        Texts texts = wording.in(message.locale());
        String text = texts.get(message.template().key(), message.values());
        String code = message.values().get(SmsMessage.CODE);
        // Browsers and telephones fill the code in by this line, and only on our own pages.
        return new RenderedSms(id, message.to(), code == null ? text : text + "\n\n@" + host + " #" + code);
    }
}
