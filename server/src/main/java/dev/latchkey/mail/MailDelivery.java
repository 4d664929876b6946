package dev.latchkey.mail;

import dev.latchkey.outbox.Delivery;
import dev.latchkey.outbox.Outcome;
import java.util.List;

/** Turns queued mails into sent ones. Without a transport they wait in the outbox. */
public final class MailDelivery implements Delivery {
    /** The kind of message this delivers. */
    public static final String KIND = MailMessage.KIND;

    private final MailRenderer renderer;
    private final List<MailTransport> transports;

    /** @param transports each gets every mail; a mail is delivered when all took it */
    public MailDelivery(MailRenderer renderer, List<MailTransport> transports) {
        this.renderer = renderer;
        this.transports = List.copyOf(transports);
    }

    @Override
    public boolean available() {
        return !transports.isEmpty();
    }

    @Override
    public Outcome deliver(String id, byte[] payload) {
        RenderedMail mail;
        try {
            mail = renderer.render(id, MailCodec.decode(payload));
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed("this release cannot read the mail");
        }
        Outcome outcome = new Outcome.Delivered();
        for (MailTransport transport : transports) {
            Outcome one = transport.send(mail);
            if (!(one instanceof Outcome.Delivered)) {
                outcome = one;
            }
        }
        return outcome;
    }
}
