package dev.latchkey.mail;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mail in the reader's language, before it becomes text and HTML. Public because the generated templates live in a package of
 * their own.
 *
 * @param code to be typed, shown large
 * @param facts what happened, listed
 * @param action the button
 * @param expires how long the button works
 * @param after what to do if the mail is unexpected; empty where {@code notMe} says it
 * @param notMe the link for "this wasn't me"
 * @param notMeText what stands before that link
 */
public record MailContent(
        MailLook look,
        String language,
        String direction,
        String subject,
        String text,
        Optional<String> code,
        List<Fact> facts,
        Optional<Link> action,
        Optional<String> expires,
        String after,
        Optional<Link> notMe,
        String notMeText,
        String footer) {
    /** One line of the list. */
    public record Fact(String label, String value) {}

    /** A link and what it is called. */
    public record Link(String label, String href) {}

    public MailContent {
        facts = List.copyOf(facts);
    }

    /** The mail for readers without HTML, lines ended by LF. */
    String plainText() {
        StringBuilder out = new StringBuilder();
        paragraph(out, text);
        code.ifPresent(digits -> paragraph(out, "    " + digits));
        if (!facts.isEmpty()) {
            facts.forEach(fact ->
                    out.append(fact.label()).append(": ").append(fact.value()).append('\n'));
            out.append('\n');
        }
        action.ifPresent(link -> paragraph(out, link.label() + ":\n" + link.href()));
        expires.ifPresent(sentence -> paragraph(out, sentence));
        paragraph(out, after);
        notMe.ifPresent(link -> paragraph(out, notMeText + "\n" + link.href()));
        return out.append("-- \n").append(footer).append('\n').toString();
    }

    /** What an operator's template may name; without what this mail does not have. */
    Map<String, String> values() {
        Map<String, String> all = new HashMap<>();
        all.put("subject", subject);
        all.put("text", text);
        all.put("after", after);
        all.put("footer", footer);
        all.put("language", language);
        all.put("direction", direction);
        all.put(MailLayouts.CODE, code.orElse(""));
        all.put("expires", expires.orElse(""));
        action.ifPresent(link -> {
            all.put("action.label", link.label());
            all.put(MailLayouts.ACTION, link.href());
        });
        notMe.ifPresent(link -> {
            all.put("notMe.text", notMeText);
            all.put("notMe.label", link.label());
            all.put(MailLayouts.NOT_ME, link.href());
        });
        all.values().removeIf(String::isEmpty);
        return all;
    }

    private static void paragraph(StringBuilder out, String text) {
        if (!text.isEmpty()) {
            out.append(text).append("\n\n");
        }
    }
}
