package dev.latchkey.mail;

import dev.latchkey.page.PageConfig;
import dev.latchkey.page.PagePath;
import dev.latchkey.page.Templates;
import dev.latchkey.page.Texts;
import dev.latchkey.page.Wording;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a mail as text and as HTML, in the reader's language. Every link begins with the configured public URL. */
public final class MailRenderer {
    private static final String FILES = "/dev/latchkey/mail/messages";
    private static final Set<String> TIMES =
            Set.of(MailMessage.TIME, MailMessage.UNTIL, MailMessage.EXPIRES_AT, MailMessage.READY_AT);
    private static final int LONGEST_VALUE = 254;

    private final Wording wording;
    private final MailLayouts layouts;
    private final MailLook look;
    private final String publicUrl;

    /** @param publicUrl where people reach this server; a path it may have is kept */
    public MailRenderer(PageConfig config, MailConfig mails, URI publicUrl) {
        this.layouts = mails.layouts();
        this.look = new MailLook(config.theme());
        String url = publicUrl.toString();
        this.publicUrl = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.wording = new Wording(FILES, Map.of("app", config.applicationName(), "site", this.publicUrl), config);
    }

    /** @param id becomes the mail's own */
    public RenderedMail render(String id, MailMessage mail) {
        Texts texts = wording.in(mail.locale());
        MailContent content = content(mail, texts);
        List<String> links = new ArrayList<>();
        content.action().ifPresent(action -> links.add(action.href()));
        content.notMe().ifPresent(notMe -> links.add(notMe.href()));
        return new RenderedMail(
                id,
                mail.to(),
                content.subject(),
                layouts.find(mail.template(), content.language(), ".txt")
                        .map(layout -> layout.fill(content.values(), content.facts(), false))
                        .orElseGet(content::plainText),
                layouts.find(mail.template(), content.language(), ".html")
                        .map(layout -> layout.fill(content.values(), content.facts(), true))
                        .orElseGet(() -> Templates.html("mail/message.jte", content)),
                links);
    }

    private MailContent content(MailMessage mail, Texts texts) {
        MailTemplate template = mail.template();
        String key = template.key();
        Map<String, String> values = readable(mail.values(), texts);
        List<MailContent.Fact> facts = new ArrayList<>();
        for (String fact : template.facts()) {
            String value = values.getOrDefault(fact, "");
            if (!value.isEmpty() && !fact.equals(MailMessage.CODE)) {
                facts.add(new MailContent.Fact(texts.get("fact." + fact), value));
            }
        }
        Optional<String> code = Optional.ofNullable(values.get(MailMessage.CODE));
        Optional<MailContent.Link> action = template.action()
                .map(path -> new MailContent.Link(
                        texts.get(key + ".button"), link(path, mail.values().getOrDefault(MailMessage.TOKEN, ""))));
        Optional<MailContent.Link> notMe = template.offersNotMe()
                ? Optional.of(new MailContent.Link(
                        texts.get("not_me.button"),
                        link(PagePath.NOT_ME, mail.values().getOrDefault(MailMessage.NOT_ME_TOKEN, ""))))
                : Optional.empty();
        return new MailContent(
                look,
                texts.language(),
                texts.direction(),
                texts.get(key + ".subject"),
                texts.get(key + ".text", values),
                code,
                facts,
                action,
                action.map(any -> texts.get(code.isPresent() ? "expires.code" : "expires", values)),
                texts.get(key + ".after"),
                notMe,
                texts.get("not_me.text"),
                texts.get("footer"));
    }

    /** Times in words; what people typed cut to one line of bearable length. */
    private static Map<String, String> readable(Map<String, String> values, Texts texts) {
        Map<String, String> readable = new HashMap<>();
        values.forEach((name, value) -> readable.put(name, readable(name, value, texts)));
        return readable;
    }

    private static String readable(String name, String value, Texts texts) {
        if (TIMES.contains(name)) {
            return texts.time(Instant.parse(value));
        }
        return name.equals(MailMessage.FACTOR) ? texts.get("factor." + value) : oneLine(value);
    }

    private static String oneLine(String value) {
        StringBuilder line = new StringBuilder();
        value.codePoints().limit(LONGEST_VALUE).forEach(c -> line.appendCodePoint(isPlain(c) ? c : ' '));
        return line.toString().strip();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    private String link(PagePath page, String token) {
        return publicUrl + page.path() + "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }
}
