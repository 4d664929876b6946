package dev.latchkey.mail;

import dev.latchkey.core.EmailAddress;
import java.util.List;

/**
 * A mail ready to leave.
 *
 * @param id the same at every try to send it
 * @param subject one line
 * @param links every address in it that a reader may click, the main one first
 */
public record RenderedMail(String id, EmailAddress to, String subject, String text, String html, List<String> links) {
    /** @throws IllegalArgumentException for control characters where they would start another header */
    public RenderedMail {
        requireOneLine(id);
        requireOneLine(to.asTyped());
        requireOneLine(to.folded());
        requireOneLine(subject);
        links = List.copyOf(links);
    }

    private static void requireOneLine(String header) {
        if (header.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a mail header holds a control character");
        }
    }

    // A record's own would put tokens and addresses into a log.
    @Override
    public String toString() {
        return "RenderedMail[" + id + "]";
    }
}
