package dev.latchkey.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import dev.latchkey.core.Sentence;
import dev.latchkey.http.ErrorPages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Locale ENGLISH = Locale.ENGLISH;
    private static final String HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{app}";

    private final Pages pages = new Pages("Acme <Login>");

    @Test
    @DisplayName("a page that a mail links to spends nothing by itself: its button posts the token")
    void linkPagesPostTheirToken() {
        LinkPage page = new LinkPage("t0ken-_", Optional.of("csrf-1"));
        Map<String, String> paths = Map.of(
                "/verify-email", pages.verifyEmail(ENGLISH, page),
                "/not-me", pages.notMe(ENGLISH, page),
                "/unlock-account", pages.unlockAccount(ENGLISH, page));
        paths.forEach((path, html) -> assertThat(html)
                .contains("method=\"post\" action=\"" + path + "\"")
                .contains("name=\"token\" value=\"t0ken-_\"")
                .contains("name=\"_csrf\" value=\"csrf-1\"")
                .contains("<button type=\"submit\" id=\"submit\"")
                .doesNotContain("http-equiv"));
    }

    @Test
    void aFormWithoutASessionHasNoCsrfField() {
        assertThat(pages.verifyEmail(ENGLISH, new LinkPage("t", Optional.empty())))
                .doesNotContain("_csrf");
    }

    @Test
    @DisplayName("complaints are listed first, tied to their fields, and passwords are not written back")
    void complaintsAreTiedToFields() {
        FieldError weak = new FieldError("newPassword", "unheard_of", "Use a longer password.");
        String html = pages.resetPassword(ENGLISH, new ResetPasswordPage("t", Optional.empty(), List.of(weak)));
        assertThat(html)
                .contains("role=\"alert\"")
                .contains("<a href=\"#newPassword\">Use a longer password.</a>")
                .contains("id=\"newPassword\" name=\"newPassword\" type=\"password\" value=\"\"")
                .contains("aria-invalid=\"true\" aria-describedby=\"newPassword-error\"")
                .contains("autocomplete=\"new-password\"");
        assertThat(html.split("aria-invalid", -1)).hasSize(2);
    }

    @Test
    void everyFieldHasItsLabel() {
        String html =
                pages.firstAdmin(ENGLISH, new FirstAdminPage("t", Optional.empty(), "a@example.com", "Ada", List.of()));
        for (String field : List.of("email", "name", "password", "repeatPassword")) {
            assertThat(html).contains("<label for=\"" + field + "\">").contains("id=\"" + field + "\" name=\"" + field);
        }
        assertThat(html).contains("value=\"a@example.com\"").contains("value=\"Ada\"");
    }

    @Test
    @DisplayName("hostile input stays text, wherever it stands")
    void hostileInputIsEscaped() {
        FieldError error = new FieldError(HOSTILE, HOSTILE, HOSTILE);
        Optional<PageLink> onward = Optional.of(new PageLink(HOSTILE, "javascript:alert(1)"));
        List<String> all = List.of(
                pages.verifyEmail(ENGLISH, new LinkPage(HOSTILE, Optional.of(HOSTILE))),
                pages.resetPassword(ENGLISH, new ResetPasswordPage(HOSTILE, Optional.of(HOSTILE), List.of(error))),
                pages.firstAdmin(
                        ENGLISH, new FirstAdminPage(HOSTILE, Optional.empty(), HOSTILE, HOSTILE, List.of(error))),
                pages.message(ENGLISH, new MessagePage(HOSTILE, HOSTILE, onward)),
                pages.error(ENGLISH, new ErrorPage(404, HOSTILE, Optional.of(HOSTILE), HOSTILE, onward)));
        assertThat(all)
                .allSatisfy(html -> assertThat(html)
                        .doesNotContain("<script>", "<img src=x", "javascript:", "Acme <Login>")
                        .contains("{app}"));
    }

    @Test
    @DisplayName("C19 a page has no inline script, style or handler, so that a strict content policy holds")
    void nothingIsInline() {
        assertThat(everyPage().values())
                .allSatisfy(html -> assertThat(html.replace("<script type=\"module\" src=\"/assets/", ""))
                        .doesNotContain("<script", "<style", " style=", " onclick=", "javascript:")
                        .doesNotContainPattern("(src|href)=\"(https?:)?//"));
    }

    @Test
    void everyPageHasOneTitleLandmarksAndALanguage() {
        everyPage()
                .forEach((name, html) -> assertThat(html)
                        .as(name)
                        .startsWith("<!DOCTYPE html>")
                        .contains(
                                "<html lang=\"en\" dir=\"ltr\">",
                                "<main id=\"content\"",
                                "<h1 id=\"title\">",
                                "name=\"viewport\"")
                        .contains("· Acme &lt;Login&gt;</title>")
                        .doesNotContainPattern("\\{[a-zA-Z]+}")
                        .doesNotContain("null"));
    }

    @Test
    void everyNoticeHasItsWords() {
        for (Notice notice : Notice.values()) {
            assertThat(pages.notice(ENGLISH, notice, new PageLink("Sign in", "/login")))
                    .contains("<a id=\"onward\" class=\"button\" href=\"/login\">Sign in</a>");
        }
    }

    @Test
    void aLanguageWithoutTextsIsAnsweredInEnglish() {
        assertThat(pages.verifyEmail(Locale.forLanguageTag("nl"), new LinkPage("t", Optional.empty())))
                .contains("lang=\"en\"")
                .contains("Confirm my address");
    }

    @Test
    @DisplayName("a link that was spent says so, in its title too")
    void aSpentLinkSaysSo() {
        assertThat(pages.page(refused(ErrorCode.INVALID_LINK, "/verify-email")))
                .contains("<h1 id=\"title\">This link does not work any more</h1>");
    }

    @Test
    @DisplayName("a refusal with a time is told in the reader's language, one without words in English")
    void refusalsAreTranslated() {
        Sentence early = new Sentence(
                "recovery_too_early", "The waiting time is not over.", Map.of(Sentence.TIME, "2030-01-01T03:04:00Z"));
        Problem refused = Problem.of(ErrorCode.CONFLICT).message(early);
        assertThat(pages.page(new ErrorPages.Refused(refused, "r-1", "/recovery", List.of("fr"))))
                .contains("Rouvrez ce lien après le 1er janvier 2030 à 03:04 (UTC).");
        Problem odd = Problem.of(ErrorCode.CONFLICT).message("Something special to this server.");
        assertThat(pages.page(new ErrorPages.Refused(odd, "r-1", "/", List.of("fr"))))
                .contains("Something special to this server.", "<html lang=\"fr\"");
        Sentence halfFilled = new Sentence("most_passkeys", "You have many passkeys.", Map.of());
        assertThat(pages.page(new ErrorPages.Refused(
                        Problem.of(ErrorCode.CONFLICT).message(halfFilled), "r-1", "/", List.of("de"))))
                .as("a value is missing")
                .contains("You have many passkeys.");
    }

    @Test
    @DisplayName("a page is the same page in another language: the link keeps its token or where it leads")
    void languageLinks() {
        assertThat(pages.verifyEmail(ENGLISH, new LinkPage("t+1", Optional.empty())))
                .contains("href=\"/verify-email?lang=ja&amp;token=t%2B1\"");
        assertThat(pages.notice(ENGLISH, Notice.RECOVERY_STOPPED))
                .as("what tells how something ended cannot be opened anew")
                .doesNotContain("lang=ja");
        PageConfig one = new PageConfig(
                "Acme", new Languages(List.of(Language.GERMAN)), Theme.usual(), OwnTexts.NONE, List.of());
        assertThat(new Pages(one).verifyEmail(ENGLISH, new LinkPage("t", Optional.empty())))
                .contains("<html lang=\"de\"")
                .doesNotContain("?lang=");
    }

    @Test
    void theStartPageLeadsToWhatThereIs() {
        assertThat(pages.start(ENGLISH, new StartPage(true, true)))
                .contains("href=\"/api/docs\"")
                .contains("href=\"/dev/mail\"");
        assertThat(pages.start(ENGLISH, new StartPage(true, false)))
                .contains("href=\"/api/docs\"")
                .doesNotContain("/dev/mail");
        assertThat(pages.start(ENGLISH, new StartPage(false, false))).doesNotContain("<ul id=\"links\"");
    }

    @Test
    void anUnknownStatusHasATitleToo() {
        assertThat(pages.error(ENGLISH, new ErrorPage(418, "No coffee.", Optional.empty(), "r-1", Optional.empty())))
                .contains("That did not work", "No coffee.", "<code id=\"request-id\">r-1</code>");
    }

    private static ErrorPages.Refused refused(ErrorCode code, String path) {
        return new ErrorPages.Refused(Problem.of(code), "r-1", path, List.of("en"));
    }

    private Map<String, String> everyPage() {
        LinkPage link = new LinkPage("t", Optional.of("c"));
        Map<String, String> all = new TreeMap<>();
        all.put("verify", pages.verifyEmail(ENGLISH, link));
        all.put("not me", pages.notMe(ENGLISH, link));
        all.put("unlock", pages.unlockAccount(ENGLISH, link));
        all.put("reset", pages.resetPassword(ENGLISH, new ResetPasswordPage("t", Optional.of("c"), List.of())));
        all.put("admin", pages.firstAdmin(ENGLISH, new FirstAdminPage("t", Optional.of("c"), "", "", List.of())));
        all.put("error", pages.error(ENGLISH, new ErrorPage(500, "Oh.", Optional.of("Wait."), "r", Optional.empty())));
        all.put("start", pages.start(ENGLISH, new StartPage(true, true)));
        for (Notice notice : Notice.values()) {
            all.put(notice.name(), pages.notice(ENGLISH, notice));
        }
        return all;
    }
}
