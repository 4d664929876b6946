package dev.latchkey.mail;

import dev.latchkey.page.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An operator's own templates of mails: a folder with {@code mail.html} and {@code mail.txt} for all mails, and such as
 * {@code verify_email.html} or {@code verify_email_de.txt} for one of them, or in one language.
 *
 * @param layouts by the file's name
 * @param problems what cannot be used, with its line
 */
public record MailLayouts(Map<String, MailLayout> layouts, List<String> problems) {
    static final MailLayouts NONE = new MailLayouts(Map.of(), List.of());

    static final String ACTION = "action.href";
    static final String NOT_ME = "notMe.href";
    static final String CODE = "code";
    private static final String ALL_MAILS = "mail";
    private static final Set<String> KNOWN = Set.of(
            "subject",
            "text",
            CODE,
            "action.label",
            ACTION,
            "expires",
            "after",
            "notMe.text",
            "notMe.label",
            NOT_ME,
            "footer",
            "language",
            "direction",
            MailLayout.FACTS,
            MailLayout.FACT_LABEL,
            MailLayout.FACT_VALUE);

    public MailLayouts {
        layouts = Map.copyOf(layouts);
        problems = List.copyOf(problems);
    }

    /** The nearest: of this mail in this language, of this mail, of all in this language, of all. */
    Optional<MailLayout> find(MailTemplate template, String language, String ending) {
        if (layouts.isEmpty()) {
            return Optional.empty();
        }
        for (String name : List.of(template.key(), ALL_MAILS)) {
            MailLayout found = layouts.getOrDefault(name + "_" + language + ending, layouts.get(name + ending));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    static MailLayouts read(Path folder) {
        Map<String, MailLayout> layouts = new HashMap<>();
        List<String> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                read(file, layouts, problems);
            }
        } catch (IOException e) {
            problems.add(folder + " cannot be read as a folder of files in UTF-8: " + e.getMessage());
        }
        return new MailLayouts(layouts, problems);
    }

    private static void read(Path file, Map<String, MailLayout> layouts, List<String> problems) throws IOException {
        String name = String.valueOf(file.getFileName());
        Optional<Set<String>> needs = needs(name);
        if (needs.isEmpty()) {
            problems.add(
                    file + ": no template is called that; the names are mail or the name of a mail, perhaps _ and a"
                            + " language, and .html or .txt, such as verify_email_de.html");
            return;
        }
        MailLayout layout =
                MailLayout.parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8), KNOWN, problems);
        Set<String> missing = new TreeSet<>(needs.get());
        missing.removeAll(layout.names());
        for (String value : missing) {
            problems.add(file + ": does not say where {{" + value + "}} goes, without which the mail is of no use");
        }
        layouts.put(name, layout);
    }

    /** What a template of this name must show; empty for a name that none can have. */
    private static Optional<Set<String>> needs(String name) {
        if (!name.endsWith(".html") && !name.endsWith(".txt")) {
            return Optional.empty();
        }
        String base = name.substring(0, name.lastIndexOf('.'));
        for (Language language : Language.values()) {
            if (base.endsWith("_" + language.tag())) {
                base = base.substring(0, base.length() - language.tag().length() - 1);
                break;
            }
        }
        if (base.equals(ALL_MAILS)) {
            return Optional.of(Set.of("text", CODE, ACTION, NOT_ME));
        }
        for (MailTemplate template : MailTemplate.values()) {
            if (template.key().equals(base)) {
                return Optional.of(needs(template));
            }
        }
        return Optional.empty();
    }

    private static Set<String> needs(MailTemplate template) {
        Set<String> needs = new TreeSet<>();
        if (template.action().isPresent()) {
            needs.add(ACTION);
        }
        if (template.offersNotMe()) {
            needs.add(NOT_ME);
        }
        if (template.facts().contains(MailMessage.CODE)) {
            needs.add(CODE);
        }
        return needs;
    }
}
