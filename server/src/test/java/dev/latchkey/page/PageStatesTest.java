package dev.latchkey.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import dev.latchkey.http.ErrorPages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of a signed-in person and the refusals, in every state and language. */
class PageStatesTest {
    private static final int MOST_BYTES = 50 * 1024;
    private static final String HOSTILE = "\"><script>alert(1)</script>{app}";
    private static final AccountMenu MENU = new AccountMenu("csrf-1", PagePath.ACCOUNT);
    private static final FieldError WRONG = new FieldError("name", "required", "This field is required.");
    private static final Optional<String> DONE = Optional.of("done.removed");

    private final Pages pages = new Pages("Acme <Login>");

    @ParameterizedTest
    @EnumSource
    @DisplayName("every page has its words, a title, the menu, nothing inline, and is under 50 KB")
    void states(Language language) {
        Locale locale = language.locale();
        everyState(locale)
                .forEach((name, html) -> assertThat(html)
                        .as(name + " in " + language)
                        .startsWith("<!DOCTYPE html>")
                        .contains("<h1 id=\"title\">", "id=\"account-menu\"", "action=\"/logout\"", "value=\"csrf-1\"")
                        .contains("<html lang=\"" + language.tag() + "\"")
                        .doesNotContain("<style", " style=", " onclick=", "javascript:", ">null", "\"null\"")
                        .doesNotContainPattern("<script(?! type=\"module\" src=\"/)")
                        .doesNotContainPattern("(src|href)=\"(https?:)?//")
                        .satisfies(page -> assertThat(page.getBytes(StandardCharsets.UTF_8).length)
                                .isLessThan(MOST_BYTES)));
    }

    @Test
    @DisplayName("what people typed stays text on every page")
    void hostile() {
        assertThat(everyState(Locale.ENGLISH).values())
                .allSatisfy(html -> assertThat(html).doesNotContain("<script>", "<script>alert"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("every refusal has one way onward, wherever it was met, and says how long to wait")
    void refusals(ErrorCode code) {
        Stream.concat(
                        Stream.of(PagePath.values()).map(PagePath::path),
                        Stream.of("", "/", "/nowhere", "/account/passkeys/x", "/account/export?a=b"))
                .forEach(path -> {
                    Problem problem = Problem.of(code).retryAfter(Duration.ofMillis(89_500));
                    String html = pages.page(new ErrorPages.Refused(problem, "r-1", path, List.of("en")));
                    assertThat(html.split("id=\"onward\"", -1))
                            .as(code + " at " + path)
                            .hasSize(2);
                    assertThat(html).doesNotContain("href=\"/login/mail\"", "href=\"/login/passkey\"", "href=\"\"");
                });
    }

    @Test
    @DisplayName("a wait is told in seconds while they can be counted, else in minutes, never too short")
    void waits() {
        assertThat(limited(Duration.ofMillis(300))).contains("Wait 1 s,");
        assertThat(limited(Duration.ofSeconds(90))).contains("Wait 90 s,");
        assertThat(limited(Duration.ofSeconds(91))).contains("Wait 2 min,");
        assertThat(limited(Duration.ofMinutes(15))).contains("Wait 15 min,");
        assertThat(limited(Duration.ZERO)).doesNotContain("id=\"wait\"");
    }

    private String limited(Duration wait) {
        Problem problem = Problem.of(ErrorCode.RATE_LIMITED).retryAfter(wait);
        return pages.page(new ErrorPages.Refused(problem, "r-1", "/login", List.of("en")));
    }

    private Map<String, String> everyState(Locale locale) {
        Map<String, String> all = new TreeMap<>();
        profile(locale, all);
        security(locale, all);
        actions(locale, all);
        all.put(
                "sessions",
                show(
                        locale,
                        PagePath.ACCOUNT_SESSIONS,
                        new SessionsPage(
                                MENU,
                                DONE,
                                sessions(),
                                List.of(new SessionsPage.Trusted("x", HOSTILE, "2030", "2031", "2032", true)))));
        for (boolean passkeys : new boolean[] {true, false}) {
            all.put(
                    "offer " + passkeys,
                    show(locale, PagePath.ACCOUNT_OFFER, new OfferPage(MENU, "/docs?a=" + HOSTILE, passkeys)));
        }
        for (boolean granted : new boolean[] {true, false}) {
            PrivacyPage.Choice choice = new PrivacyPage.Choice("terms", granted, Optional.of("2030"));
            PrivacyPage.Choice open = new PrivacyPage.Choice("marketing", granted, Optional.empty());
            all.put(
                    "privacy " + granted,
                    show(locale, PagePath.ACCOUNT_PRIVACY, new PrivacyPage(MENU, DONE, List.of(choice, open))));
        }
        all.put("history", show(locale, PagePath.ACCOUNT_HISTORY, new HistoryPage(MENU, events(), Optional.of("id"))));
        all.put(
                "no history",
                show(locale, PagePath.ACCOUNT_HISTORY, new HistoryPage(MENU, List.of(), Optional.empty())));
        for (String method : List.of("password", "totp", "passkey", "sms", "backup-code")) {
            ConfirmPage page = new ConfirmPage(
                    MENU,
                    "/account/email",
                    method,
                    method.equals("password") ? List.of() : List.of("totp", "passkey", "sms", "backup-code"),
                    method.equals("sms"),
                    List.of(WRONG));
            all.put("confirm " + method, show(locale, PagePath.ACCOUNT_CONFIRM, page));
        }
        all.put("signed in", pages.signedIn(locale, new SignedInPage(MENU, "/account")));
        return all;
    }

    private void profile(Locale locale, Map<String, String> all) {
        for (boolean verified : new boolean[] {true, false}) {
            Optional<String> pending = verified ? Optional.empty() : Optional.of(HOSTILE);
            AccountPage page = new AccountPage(
                    MENU,
                    DONE,
                    HOSTILE,
                    verified,
                    pending,
                    HOSTILE,
                    HOSTILE,
                    "en",
                    verified ? List.of() : List.of(WRONG));
            all.put("profile " + verified, show(locale, PagePath.ACCOUNT, page));
        }
    }

    private void security(Locale locale, Map<String, String> all) {
        List<SecurityPage.Factor> factors = IntStream.range(0, 20)
                .mapToObj(i -> new SecurityPage.Factor(
                        "id" + i,
                        HOSTILE,
                        "2030",
                        i == 0 ? Optional.empty() : Optional.of("2031"),
                        List.of(
                                "account_security.passkeys.backed_up",
                                "account_security.passkeys.not_backed_up",
                                "account_security.passkeys.refused")))
                .toList();
        for (boolean on : new boolean[] {true, false}) {
            all.put(
                    "security " + on,
                    show(
                            locale,
                            PagePath.ACCOUNT_SECURITY,
                            new SecurityPage(
                                    MENU,
                                    DONE,
                                    on,
                                    on,
                                    true,
                                    on,
                                    on,
                                    factors,
                                    factors,
                                    on,
                                    Optional.of(factors.getFirst()),
                                    7)));
        }
        all.put(
                "security bare",
                show(
                        locale,
                        PagePath.ACCOUNT_SECURITY,
                        new SecurityPage(
                                MENU,
                                Optional.empty(),
                                false,
                                true,
                                false,
                                false,
                                true,
                                List.of(),
                                List.of(),
                                true,
                                Optional.empty(),
                                0)));
        EnrolmentPage enrolment =
                new EnrolmentPage("", Optional.of("csrf-1"), "<svg></svg>", "ABC", "ABC", HOSTILE, List.of(WRONG));
        all.put("authenticator", show(locale, PagePath.ACCOUNT_AUTHENTICATOR, new AuthenticatorPage(MENU, enrolment)));
    }

    private void actions(Locale locale, Map<String, String> all) {
        List<FormField> fields = List.of(
                FormField.text("name", "account.rename.name", HOSTILE),
                FormField.email("email", "account.email.new", HOSTILE).withHint("account.picture.hint"),
                FormField.password("newPassword", "new_password", "new-password"),
                FormField.code("account.two_step_off.code"));
        for (String key : List.of(
                "account.change_email",
                "account.change_password",
                "account.rename",
                "account.remove",
                "account.lost_factor",
                "account.phone",
                "account.phone_code",
                "account.remove_phone",
                "account.renew_codes",
                "account.two_step_off",
                "account.delete_account",
                "logout")) {
            ActionPage page = ActionPage.of(MENU, key, "/account/x", fields).naming("name", HOSTILE);
            all.put(key, pages.action(locale, page));
            all.put(key + " refused", pages.action(locale, page.dangerous().refused(List.of(WRONG))));
        }
        ActionPage first = ActionPage.of(MENU, "account.first_password", "/account/x", List.of());
        all.put("account.first_password", pages.action(locale, first.naming("email", HOSTILE)));
    }

    private static List<SessionsPage.Entry> sessions() {
        return IntStream.range(0, 20)
                .mapToObj(i -> new SessionsPage.Entry("id" + i, HOSTILE, "2001:db8::1", "2030", "2031", i == 0))
                .toList();
    }

    private static List<HistoryPage.Entry> events() {
        return IntStream.range(0, 30)
                .mapToObj(i -> new HistoryPage.Entry(
                        "id" + i,
                        i % 2 == 0 ? "login.succeeded.v1" : "not.known.v9",
                        "2030",
                        i % 3 == 0 ? Optional.empty() : Optional.of("2001:db8::1"),
                        i % 3 == 1 ? Optional.empty() : Optional.of(HOSTILE),
                        i % 5 == 0))
                .toList();
    }

    private String show(Locale locale, PagePath path, Object page) {
        return pages.show(locale, path, page);
    }
}
