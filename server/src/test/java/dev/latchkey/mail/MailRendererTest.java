package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.page.PageConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MailRendererTest {
    private static final String SITE = "https://auth.example.com";

    private final MailRenderer renderer =
            new MailRenderer(PageConfig.named("Acme"), MailConfig.defaults(), URI.create(SITE + "/"));

    @ParameterizedTest
    @EnumSource
    @DisplayName("every mail shows its values in text and in HTML and leaves no placeholder")
    void showsItsValues(MailTemplate template) {
        RenderedMail mail = renderer.render("m-1", TestMails.of(template, "ada@example.com"));
        assertThat(mail.subject()).contains("Acme").doesNotContain("{");
        for (String body : new String[] {mail.text(), mail.html()}) {
            assertThat(body).doesNotContainPattern("\\{[a-zA-Z]+}").doesNotContain("null");
            for (String fact : template.facts()) {
                assertThat(body).contains(readable(fact));
            }
        }
        assertThat(mail.text()).contains(SITE).doesNotContain("<", "&amp;");
        assertThat(mail.links()).allSatisfy(link -> {
            assertThat(link).startsWith(SITE + "/");
            assertThat(mail.text()).contains(link);
            assertThat(mail.html()).contains("href=\"" + link + "\"");
        });
        assertThat(mail.html()).contains("<html lang=\"en\" dir=\"ltr\">").doesNotContain("<script", "src=");
    }

    @Test
    @DisplayName("S4-08 the verification mail links to the page that verifies")
    void verificationLink() {
        RenderedMail mail = renderer.render("m-1", TestMails.of(MailTemplate.VERIFY_EMAIL, "ada@example.com"));
        assertThat(mail.links()).containsExactly(SITE + "/verify-email?token=action-Token_1");
        assertThat(mail.text()).contains("2 January 2030, 03:04 UTC");
    }

    @Test
    @DisplayName("S2-03 the reset mail links to the page that resets")
    void resetLink() {
        RenderedMail mail = renderer.render("m-1", TestMails.of(MailTemplate.RESET_PASSWORD, "ada@example.com"));
        assertThat(mail.links()).containsExactly(SITE + "/reset-password?token=action-Token_1");
    }

    @Test
    @DisplayName("S1-38 the mail about a changed password offers \"this wasn't me\"")
    void notMeLink() {
        RenderedMail mail = renderer.render("m-1", TestMails.of(MailTemplate.PASSWORD_CHANGED, "ada@example.com"));
        assertThat(mail.links()).containsExactly(SITE + "/not-me?token=not-me-Token_2");
    }

    @Test
    @DisplayName("S1-40 the mail about a lock tells reason, address and time and unlocks")
    void unlockLink() {
        RenderedMail mail = renderer.render("m-1", TestMails.of(MailTemplate.ACCOUNT_LOCKED, "ada@example.com"));
        assertThat(mail.links()).containsExactly(SITE + "/unlock-account?token=action-Token_1");
        assertThat(mail.text())
                .contains("too many failed attempts")
                .contains("203.0.113.7")
                .contains("1 January 2030, 00:00 UTC")
                .contains("Locked until: 1 January 2030, 00:30 UTC");
    }

    @Test
    @DisplayName("S1-02 the mail of a sign-in shows the code apart from the link that does the same")
    void loginCode() {
        RenderedMail mail = renderer.render("m-1", TestMails.of(MailTemplate.LOGIN_CODE, "ada@example.com"));
        assertThat(mail.links()).containsExactly(SITE + "/login/link?token=action-Token_1");
        assertThat(mail.text()).contains("\n\n    042137\n\n").contains("work until 2 January 2030, 03:04 UTC");
        assertThat(mail.html()).contains(">042137</span></p>");
        assertThat(mail.subject()).doesNotContain("042137");
    }

    @Test
    @DisplayName("N9 the mail about a factor names its kind, and its name where it has one")
    void factors() {
        RenderedMail named = renderer.render("m-1", TestMails.of(MailTemplate.FACTOR_ADDED, "ada@example.com"));
        assertThat(named.text()).contains("Kind: Authenticator app\nName: Ada's phone\n");
        for (String factor : MailMessage.FACTORS) {
            Map<String, String> values = new HashMap<>(TestMails.VALUES);
            values.put(MailMessage.FACTOR, factor);
            values.put(MailMessage.FACTOR_NAME, "");
            RenderedMail mail =
                    renderer.render("m-1", TestMails.of(MailTemplate.FACTOR_REMOVED, "ada@example.com", values));
            assertThat(mail.text()).contains("Kind: ").doesNotContain("Name:");
        }
        Map<String, String> unknown = new HashMap<>(TestMails.VALUES);
        unknown.put(MailMessage.FACTOR, "nonsense");
        assertThatThrownBy(() -> TestMails.of(MailTemplate.FACTOR_ADDED, "ada@example.com", unknown))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("what a stranger typed stays text on one line")
    void hostileValues() {
        Map<String, String> values = new HashMap<>(TestMails.VALUES);
        values.put(MailMessage.DEVICE, "<a href=\"https://evil.example\">x</a>\r\n\r\nForged: {site} \u202Eabc");
        values.put(MailMessage.NOT_ME_TOKEN, "a\"b&c=d e");
        RenderedMail mail = renderer.render("m-1", TestMails.of(MailTemplate.NEW_DEVICE, "ada@example.com", values));
        assertThat(mail.html())
                .doesNotContain("<a href=\"https://evil.example\"")
                .contains("&lt;a href=");
        assertThat(mail.text()).contains("x</a>    Forged: {site}").doesNotContain("\u202E");
        assertThat(mail.links()).containsExactly(SITE + "/not-me?token=a%22b%26c%3Dd+e");
    }

    @Test
    void aMissingOrUnknownValueIsRefused() {
        EmailAddress to = EmailAddress.parse("ada@example.com").orElseThrow();
        assertThatThrownBy(() -> new MailMessage(
                        TenantId.MAIN, to, MailTemplate.VERIFY_EMAIL, Map.of(MailMessage.TOKEN, "x"), Locale.ENGLISH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expiresAt");
        Map<String, String> tooMany = Map.of(MailMessage.TIME, "2030-01-01T00:00:00Z", MailMessage.IP, "::1");
        assertThatThrownBy(() -> new MailMessage(TenantId.MAIN, to, MailTemplate.EMAIL_TAKEN, tooMany, Locale.ENGLISH))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a mail to an address nobody proved carries nothing that a stranger chose")
    void unprovedAddressesGetNoStrangersText() {
        assertThat(MailTemplate.VERIFY_EMAIL.facts()).isEmpty();
        assertThat(MailTemplate.EMAIL_TAKEN.facts()).containsExactly(MailMessage.TIME);
        assertThat(MailTemplate.LOGIN_CODE.facts()).containsExactly(MailMessage.CODE, MailMessage.TIME);
    }

    @ParameterizedTest
    @EnumSource
    void everyMailSurvivesItsEncoding(MailTemplate template) {
        MailMessage mail = TestMails.of(template, "Ada.Ünïcode@bücher.example");
        assertThat(MailCodec.decode(mail.payload())).isEqualTo(mail);
        assertThat(mail.toString()).doesNotContain("oken_", "Ada");
    }

    @Test
    void anUnknownEncodingIsRefused() {
        byte[] payload =
                TestMails.of(MailTemplate.EMAIL_TAKEN, "ada@example.com").payload();
        payload[0] = 99;
        assertThatThrownBy(() -> MailCodec.decode(payload)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MailCodec.decode(new byte[] {1, 0, 50})).isInstanceOf(IllegalArgumentException.class);
    }

    private static String readable(String fact) {
        return switch (fact) {
            case MailMessage.TIME -> "1 January 2030, 00:00 UTC";
            case MailMessage.UNTIL, MailMessage.READY_AT -> "1 January 2030, 00:30 UTC";
            case MailMessage.FACTOR -> "Authenticator app";
            default -> TestMails.VALUES.getOrDefault(fact, "?");
        };
    }
}
