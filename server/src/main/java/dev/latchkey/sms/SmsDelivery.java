package dev.latchkey.sms;

import dev.latchkey.outbox.Delivery;
import dev.latchkey.outbox.Outcome;
import java.util.List;

/** Turns queued text messages into sent ones. */
public final class SmsDelivery implements Delivery {
    /** The kind of message this delivers. */
    public static final String KIND = SmsMessage.KIND;

    private final SmsConfig config;
    private final SmsRenderer renderer;
    private final List<SmsTransport> transports;

    /** @param transports each gets every message; one is delivered when all took it */
    public SmsDelivery(SmsConfig config, SmsRenderer renderer, List<SmsTransport> transports) {
        this.config = config;
        this.renderer = renderer;
        this.transports = List.copyOf(transports);
    }

    /** Whether text messages can be sent: where not, nothing should be offered that needs one. */
    @Override
    public boolean available() {
        return !transports.isEmpty();
    }

    @Override
    public Outcome deliver(String id, byte[] payload) {
        SmsMessage message;
        try {
            message = SmsCodec.decode(payload);
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed("this release cannot read the text message");
        }
        return send(id, message);
    }

    /** Sends at once, without the outbox; for an operator who waits for the answer. */
    public Outcome send(String id, SmsMessage message) {
        if (!config.allows(message.to())) {
            return new Outcome.Refused("the number is not in " + SmsConfig.ALLOWED_PREFIXES.key());
        }
        RenderedSms rendered = renderer.render(id, message);
        Outcome outcome = new Outcome.Delivered();
        for (SmsTransport transport : transports) {
            Outcome one = transport.send(rendered);
            if (!(one instanceof Outcome.Delivered)) {
                outcome = one;
            }
        }
        return outcome;
    }
}
