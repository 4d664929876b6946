package dev.latchkey.boot;

import dev.latchkey.core.Eventually;
import dev.latchkey.mail.DevelopmentMailbox;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server under test has mailed. */
public final class Mailbox {
    private static final Pattern TOKEN = Pattern.compile("://[^/]+/([a-z/-]+)\\?token=([A-Za-z0-9_-]+)");

    private static final Pattern SIX_DIGITS = Pattern.compile("\\b([0-9]{6})\\b");

    private final Services services;

    Mailbox(Services services) {
        this.services = services;
    }

    /** Newest first, after delivering what was due. */
    public List<DevelopmentMailbox.Received> to(String address) {
        deliverAll();
        return services.mailbox.orElseThrow().list().stream()
                .filter(mail -> mail.mail().to().asTyped().equals(address))
                .toList();
    }

    public List<String> subjectsTo(String address) {
        return to(address).stream().map(mail -> mail.mail().subject()).toList();
    }

    /** The token of the newest link to this page, such as {@code verify-email}. */
    public String token(String address, String page) {
        for (DevelopmentMailbox.Received mail : to(address)) {
            Matcher link = TOKEN.matcher(mail.mail().text());
            while (link.find()) {
                if (link.group(1).equals(page)) {
                    return link.group(2);
                }
            }
        }
        throw new AssertionError("no mail to " + address + " links to /" + page);
    }

    /** The six digits in the newest mail that links to this page. */
    public String code(String address, String page) {
        return to(address).stream()
                .map(received -> received.mail().text())
                .filter(text -> text.contains("/" + page + "?"))
                .map(SIX_DIGITS::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no mail to " + address + " has a code and links to /" + page));
    }

    /** What was texted to this number, newest first, after delivering what was due. */
    public List<String> textsTo(String number) {
        deliverAll();
        return services.mailbox.orElseThrow().texts().stream()
                .filter(text -> text.to().equals(number))
                .map(DevelopmentMailbox.ReceivedText::text)
                .toList();
    }

    /** The code in the newest text to this number. */
    public String textedCode(String number) {
        List<String> texts = textsTo(number);
        if (texts.isEmpty()) {
            throw new AssertionError("no text to " + number);
        }
        return texts.getFirst().substring(0, 6);
    }

    /** The background dispatcher may hold a message right now, so this ends when none waits, not when it sent none itself. */
    private void deliverAll() {
        Eventually.holds("no mail waits", () -> {
            services.outbox.dispatchDue();
            return services.outbox.counts().queued() == 0;
        });
    }
}
