package dev.latchkey.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A person at a browser. Whatever does not turn up within ten seconds fails. */
final class Visitor implements AutoCloseable {
    private static final Duration MAIL = Duration.ofSeconds(15);
    private static final double PATIENCE_MILLISECONDS = 10_000;

    private final BrowserContext context;
    private final Look look;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visitor(BrowserContext context, Look look) {
        this.context = context;
        this.look = look;
        context.setDefaultTimeout(PATIENCE_MILLISECONDS);
        context.setDefaultNavigationTimeout(PATIENCE_MILLISECONDS);
        this.page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // A refused form is an error to the console too; what the content policy blocks is one of ours.
            if (message.text().contains("Content Security Policy")
                    || message.text().contains("Refused to")) {
                complaints.add(message.text());
            }
        });
    }

    Page page() {
        return page;
    }

    Look look() {
        return look;
    }

    /** Errors of scripts, and what the content policy refused. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    Visitor open(String path) {
        page.navigate(path);
        return this;
    }

    /** Opens the newest mail with such a subject in the mailbox of development, once it came to this address. */
    Visitor openMail(String subject, String address) {
        return openMail("/dev/mail", subject, address);
    }

    Visitor openMail(String mailbox, String subject, String address) {
        Locator mail = page.locator(".mails li")
                .filter(new Locator.FilterOptions().setHasText(address))
                .locator("a")
                .filter(new Locator.FilterOptions().setHasText(subject))
                .first();
        Ready.await(MAIL, () -> "a mail of " + subject + " to " + address, () -> {
            open(mailbox);
            return mail.isVisible();
        });
        mail.click();
        page.waitForLoadState();
        return this;
    }

    Visitor type(String field, String text) {
        page.locator("#" + field).fill(text);
        return this;
    }

    Visitor tick(String field) {
        page.locator("#" + field).check();
        return this;
    }

    Visitor press(String id) {
        page.locator("#" + id).click();
        return this;
    }

    /** The button of a form that has only one. */
    Visitor pressIn(String form) {
        page.locator("#" + form + " button").click();
        return this;
    }

    /** Waits until the page at this path is there, whatever its query. */
    Visitor at(String path) {
        page.waitForURL(url -> URI.create(url).getPath().equals(path));
        return this;
    }

    Visitor sees(String text) {
        PlaywrightAssertions.assertThat(page.locator("main"))
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLISECONDS));
        return this;
    }

    Visitor seesTitle(String title) {
        Locator heading = page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
        PlaywrightAssertions.assertThat(heading)
                .hasText(title, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLISECONDS));
        return this;
    }

    String text(String id) {
        return page.locator("#" + id).innerText();
    }

    List<String> texts(String selector) {
        return page.locator(selector).allInnerTexts();
    }

    boolean has(String id) {
        return page.locator("#" + id).count() > 0;
    }

    /** The account's own view of who is signed in, with this browser's cookies. */
    boolean signedIn() {
        return context.request().get("/api/v1/auth/me").status() == 200;
    }

    /** Forgets that it was ever here. */
    Visitor forgetCookies() {
        context.clearCookies();
        return this;
    }

    Authenticator plugIn() {
        return new Authenticator(context.newCDPSession(page));
    }

    @Override
    public void close() {
        context.close();
    }
}
