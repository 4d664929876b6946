package dev.latchkey.mail;

import dev.latchkey.outbox.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Keeps the last 200 mails and 200 text messages in memory for a developer to read. Production never makes one. Thread-safe. */
public final class DevelopmentMailbox implements MailTransport {
    private static final int CAPACITY = 200;

    private final Clock clock;
    private final Deque<Received> mails = new ArrayDeque<>();
    private final Deque<ReceivedText> texts = new ArrayDeque<>();

    public DevelopmentMailbox(Clock clock) {
        this.clock = clock;
    }

    /** A mail and when it came. */
    public record Received(RenderedMail mail, Instant sentAt) {}

    /** A text message and when it came. */
    public record ReceivedText(String id, String to, String text, Instant sentAt) {
        // A record's own would put codes into a log.
        @Override
        public String toString() {
            return "ReceivedText[" + id + "]";
        }
    }

    @Override
    public synchronized Outcome send(RenderedMail mail) {
        // Another transport may have failed last time, and the mail comes again.
        if (find(mail.id()).isEmpty()) {
            mails.addFirst(new Received(mail, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            if (mails.size() > CAPACITY) {
                mails.removeLast();
            }
        }
        return new Outcome.Delivered();
    }

    /** Takes a text message, as {@link #send} takes a mail. */
    public synchronized Outcome text(String id, String to, String text) {
        if (texts.stream().noneMatch(received -> received.id().equals(id))) {
            texts.addFirst(new ReceivedText(id, to, text, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            if (texts.size() > CAPACITY) {
                texts.removeLast();
            }
        }
        return new Outcome.Delivered();
    }

    /** The text messages, newest first. */
    public synchronized List<ReceivedText> texts() {
        return List.copyOf(texts);
    }

    /** The mails, newest first. */
    public synchronized List<Received> list() {
        return List.copyOf(mails);
    }

    public synchronized Optional<Received> find(String id) {
        return mails.stream()
                .filter(received -> received.mail().id().equals(id))
                .findFirst();
    }

    public synchronized void clear() {
        mails.clear();
        texts.clear();
    }
}
