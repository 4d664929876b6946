package dev.latchkey.mail;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.page.Pages;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /dev/mail}: what this server would have mailed. Production never mounts it. */
public final class DevelopmentMailRoutes {
    // A mail styles itself inline, as mails must; it may do nothing else.
    private static final String MAIL_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox";

    private static final String MAILBOX = "/dev/mail";
    private static final String PREVIEWS = MAILBOX + "/preview";

    private final DevelopmentMailbox mailbox;
    private final Pages pages;
    private final MailPreview preview;

    public DevelopmentMailRoutes(DevelopmentMailbox mailbox, Pages pages, MailRenderer renderer) {
        this.mailbox = mailbox;
        this.pages = pages;
        this.preview = new MailPreview(renderer);
    }

    /** Adds the routes to a mount at the root. */
    public void mount(Mount mount) {
        mount.get(MAILBOX, Access.development(), this::list)
                .summary(
                        "The mails and text messages sent, newest first: a page, or JSON with Accept: application/json")
                .unlimited();
        mount.delete(MAILBOX, Access.development(), this::clear)
                .summary("Empties the development mailbox")
                .unlimited();
        mount.get(MAILBOX + "/{id}", Access.development(), this::show)
                .summary("One mail as text, its links to click")
                .unlimited();
        mount.get(MAILBOX + "/{id}/html", Access.development(), this::html)
                .summary("One mail as a mail program shows it")
                .unlimited();
        mount.get(PREVIEWS, Access.development(), this::previews)
                .summary("Every mail there is, in every language, to look at")
                .unlimited();
        mount.get(PREVIEWS + "/{name}/{language}", Access.development(), this::previewText)
                .summary("One mail with invented values, as text")
                .unlimited();
        mount.get(PREVIEWS + "/{name}/{language}/html", Access.development(), this::previewHtml)
                .summary("One mail with invented values, as a mail program shows it")
                .unlimited();
    }

    private Reply previews(Request request) {
        String title = words(request, "dev_mail.previews.title");
        return page(request, "mail/previews.jte", PREVIEWS, title, new PreviewsPage(MailPreview.names()));
    }

    private Reply previewText(Request request) {
        return Reply.bytes("text/plain; charset=utf-8", bytes(preview(request).text()));
    }

    private Reply previewHtml(Request request) {
        return Reply.bytes("text/html; charset=utf-8", bytes(preview(request).html()))
                .withHeader("Content-Security-Policy", MAIL_POLICY);
    }

    private RenderedMail preview(Request request) {
        String language = request.path("language");
        return Optional.of(language)
                .filter(pages.languages()::contains)
                .flatMap(spoken -> preview.mail(request.path("name"), spoken))
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Reply list(Request request) {
        if (request.header("Accept").orElse("").contains("application/json")) {
            Stream<ReceivedMail> all = Stream.concat(
                    mailbox.list().stream().map(ReceivedMail::of),
                    mailbox.texts().stream().map(ReceivedMail::of));
            return Reply.json(
                    all.sorted(Comparator.comparing(ReceivedMail::sentAt).reversed())
                            .toList());
        }
        MailboxPage page = new MailboxPage(mailbox.list(), mailbox.texts());
        return page(request, "mail/mailbox.jte", MAILBOX, words(request, "dev_mail.title"), page);
    }

    private Reply clear(Request request) {
        mailbox.clear();
        return Reply.noContent();
    }

    private Reply show(Request request) {
        DevelopmentMailbox.Received received = find(request);
        String address = MAILBOX + "/" + received.mail().id();
        return page(request, "mail/mailbox_mail.jte", address, received.mail().subject(), received);
    }

    private Reply html(Request request) {
        return Reply.bytes(
                        "text/html; charset=utf-8", bytes(find(request).mail().html()))
                .withHeader("Content-Security-Policy", MAIL_POLICY);
    }

    private Reply page(Request request, String template, String address, String title, Object page) {
        return Reply.page(200, pages.custom(request.context().locale(), template, address, title, page));
    }

    private String words(Request request, String key) {
        return pages.text(request.context().locale(), key, Map.of());
    }

    private DevelopmentMailbox.Received find(Request request) {
        return mailbox.find(request.path("id")).orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
    }

    /** What the list shows. Public because the generated templates live in a package of their own. */
    public record MailboxPage(List<DevelopmentMailbox.Received> mails, List<DevelopmentMailbox.ReceivedText> texts) {}

    /** What there is to look at. Public because the generated templates live in a package of their own. */
    public record PreviewsPage(List<String> names) {}
}
