package dev.latchkey.mail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An operator's template of a mail. {@code {{name}}} is a value; what stands between {@code {{#name}}} and {@code {{/name}}} is left
 * out where there is no such value, and between {@code {{#facts}}} and {@code {{/facts}}} repeated for each fact.
 */
public final class MailLayout {
    static final String FACTS = "facts";
    static final String FACT_LABEL = "fact.label";
    static final String FACT_VALUE = "fact.value";

    private sealed interface Part {}

    private record Words(String text) implements Part {}

    private record Value(String name) implements Part {}

    private record Section(String name, List<Part> parts) implements Part {}

    private final List<Part> parts;
    private final Set<String> names;

    private MailLayout(List<Part> parts, Set<String> names) {
        this.parts = parts;
        this.names = names;
    }

    /** The values that it shows. */
    Set<String> names() {
        return names;
    }

    /** @param values without those that are empty */
    String fill(Map<String, String> values, List<MailContent.Fact> facts, boolean html) {
        StringBuilder out = new StringBuilder(2048);
        fill(parts, values, facts, html, out);
        return out.toString();
    }

    private static void fill(
            List<Part> parts,
            Map<String, String> values,
            List<MailContent.Fact> facts,
            boolean html,
            StringBuilder out) {
        for (Part part : parts) {
            switch (part) {
                case Words words -> out.append(words.text());
                case Value value -> append(out, values.getOrDefault(value.name(), ""), html);
                case Section section -> {
                    if (section.name().equals(FACTS)) {
                        for (MailContent.Fact fact : facts) {
                            fill(section.parts(), withFact(values, fact), List.of(), html, out);
                        }
                    } else if (values.containsKey(section.name())) {
                        fill(section.parts(), values, facts, html, out);
                    }
                }
            }
        }
    }

    private static Map<String, String> withFact(Map<String, String> values, MailContent.Fact fact) {
        Map<String, String> all = new HashMap<>(values);
        all.put(FACT_LABEL, fact.label());
        all.put(FACT_VALUE, fact.value());
        return all;
    }

    private static void append(StringBuilder out, String value, boolean html) {
        if (!html) {
            out.append(value);
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    /**
     * @param known the names of values and of sections
     * @param problems gets what is wrong, each with {@code where} and a line
     */
    static MailLayout parse(String where, String template, Set<String> known, List<String> problems) {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open("", 0, new ArrayList<>()));
        Set<String> names = new HashSet<>();
        int done = 0;
        int start = template.indexOf("{{");
        while (start >= 0) {
            int line = 1
                    + (int) template.substring(0, start)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            int end = template.indexOf("}}", start);
            if (end < 0) {
                problems.add(where + ":" + line + ": {{ without }}");
                break;
            }
            open.element().parts().add(new Words(template.substring(done, start)));
            tag(
                    where + ":" + line + ": ",
                    template.substring(start + 2, end).strip(),
                    line,
                    open,
                    known,
                    names,
                    problems);
            done = end + 2;
            start = template.indexOf("{{", done);
        }
        open.element().parts().add(new Words(template.substring(done)));
        while (open.size() > 1) {
            Open left = open.pop();
            problems.add(where + ":" + left.line() + ": {{#" + left.name() + "}} without {{/" + left.name() + "}}");
        }
        return new MailLayout(open.element().parts(), names);
    }

    private record Open(String name, int line, List<Part> parts) {}

    private static void tag(
            String where,
            String tag,
            int line,
            Deque<Open> open,
            Set<String> known,
            Set<String> names,
            List<String> problems) {
        boolean begins = tag.startsWith("#");
        boolean ends = tag.startsWith("/");
        String name = begins || ends ? tag.substring(1).strip() : tag;
        boolean ofFact = name.equals(FACT_LABEL) || name.equals(FACT_VALUE);
        boolean inFacts = open.stream().anyMatch(section -> section.name().equals(FACTS));
        if (!known.contains(name) || (name.equals(FACTS) && !begins && !ends)) {
            problems.add(where + "no value is called " + name + "; the names are in docs/theming.md");
        } else if (ofFact && !inFacts) {
            problems.add(where + name + " stands between {{#facts}} and {{/facts}} only");
        } else if (begins) {
            open.push(new Open(name, line, new ArrayList<>()));
        } else if (!ends) {
            names.add(name);
            open.element().parts().add(new Value(name));
        } else if (open.element().name().equals(name)) {
            Open closed = open.pop();
            open.element().parts().add(new Section(name, closed.parts()));
        } else {
            problems.add(where + "{{/" + name + "}} without {{#" + name + "}}");
        }
    }
}
