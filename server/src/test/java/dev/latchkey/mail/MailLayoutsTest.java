package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.SettingsLoader;
import dev.latchkey.page.Language;
import dev.latchkey.page.PageConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailLayoutsTest {
    private static final String ALL = """
            <html lang="{{language}}" dir="{{direction}}"><title>{{subject}}</title>
            <p>{{text}}</p>{{#code}}<b>{{code}}</b>{{/code}}
            {{#facts}}<i>{{fact.label}}={{fact.value}}</i>{{/facts}}
            {{#action.href}}<a href="{{action.href}}">{{ action.label }}</a> {{expires}}{{/action.href}}
            {{#notMe.href}}<a href="{{notMe.href}}">{{notMe.label}}</a>{{/notMe.href}}<hr>{{footer}}</html>
            """;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("a template for all mails shows what a mail has, escaped, and leaves out what it has not")
    void all() throws IOException {
        write("mail.html", ALL);
        Map<String, String> values = new HashMap<>(TestMails.VALUES);
        values.put(MailMessage.DEVICE, "<script>{{code}}");
        RenderedMail device = rendered(TestMails.of(MailTemplate.NEW_DEVICE, "ada@example.com", values));
        assertThat(device.html())
                .contains("<html lang=\"en\" dir=\"ltr\"><title>New sign-in to Acme</title>")
                .contains(
                        "<i>Device=&lt;script&gt;{{code}}</i>", "/not-me?token=not-me-Token_2\">This wasn&#39;t me</a>")
                .doesNotContain("<b>", "/verify-email");
        assertThat(device.text()).as("no template for text").contains("If this wasn't you");
        RenderedMail code = rendered(TestMails.of(MailTemplate.LOGIN_CODE, "ada@example.com"));
        assertThat(code.html())
                .contains("<b>042137</b>", "login/link?token=action-Token_1\">Sign in</a>", "Code and link");
    }

    @Test
    @DisplayName(
            "the nearest template is taken: of the mail in the language, of the mail, of all in the language, of all")
    void nearest() throws IOException {
        String needed = " {{text}} {{code}} {{action.href}} {{notMe.href}}";
        write("mail.txt", "all" + needed);
        write("mail_de.txt", "alle" + needed);
        write("verify_email.txt", "verify {{action.href}}");
        write("verify_email_ar.txt", "verify-ar {{action.href}}");
        MailPreview preview = new MailPreview(renderer(config()));
        assertThat(text(preview, "verify_email", "ar")).startsWith("verify-ar http");
        assertThat(text(preview, "verify_email", "de")).startsWith("verify http");
        assertThat(text(preview, "test", "de")).startsWith("alle ");
        assertThat(text(preview, "test", "fr")).startsWith("all ");
    }

    @Test
    @DisplayName("a broken template is refused with its line and what to do")
    void broken() throws IOException {
        String one = write("verify_email.html", "<p>\n{{subjekt}}\n{{#action.href}}\n");
        String two = write("verify_email_de.txt", "a {{action.href\n");
        String three = write("new_device.txt", "{{fact.value}}{{/code}}");
        String four = write("verify_mail.txt", "");
        String five = write("login_code_xx.txt", "");
        assertThat(config().problems())
                .containsExactlyInAnyOrder(
                        "mail.templates: " + one + ":2: no value is called subjekt; the names are in docs/theming.md",
                        "mail.templates: " + one + ":3: {{#action.href}} without {{/action.href}}",
                        "mail.templates: " + one
                                + ": does not say where {{action.href}} goes, without which the mail is of no use",
                        "mail.templates: " + two + ":1: {{ without }}",
                        "mail.templates: " + two
                                + ": does not say where {{action.href}} goes, without which the mail is of no use",
                        "mail.templates: " + three + ":1: fact.value stands between {{#facts}} and {{/facts}} only",
                        "mail.templates: " + three + ":1: {{/code}} without {{#code}}",
                        "mail.templates: " + three
                                + ": does not say where {{notMe.href}} goes, without which the mail is of no use",
                        "mail.templates: " + four + unknown(),
                        "mail.templates: " + five + unknown());
    }

    @Test
    @DisplayName("every mail can be looked at in every language, in text and HTML")
    void previews() {
        MailPreview preview = new MailPreview(renderer(MailConfig.defaults()));
        for (String name : MailPreview.names()) {
            for (Language language : Language.values()) {
                RenderedMail mail = preview.mail(name, language.tag()).orElseThrow();
                assertThat(mail.subject()).as(name).isNotBlank().doesNotContain("{");
                assertThat(mail.html())
                        .contains("<html lang=\"" + language.tag() + "\" dir=\"" + language.direction() + "\">");
                assertThat(mail.text()).doesNotContainPattern("\\{[a-zA-Z]+}");
            }
        }
        assertThat(preview.mail("nothing", "en")).isEmpty();
        assertThat(preview.mail("test", "nl")).isEmpty();
    }

    private static String unknown() {
        return ": no template is called that; the names are mail or the name of a mail, perhaps _ and a language, and .html or"
                + " .txt, such as verify_email_de.html";
    }

    private static String text(MailPreview preview, String name, String language) {
        return preview.mail(name, language).orElseThrow().text();
    }

    private RenderedMail rendered(MailMessage message) {
        return renderer(config()).render("m-1", message);
    }

    private static MailRenderer renderer(MailConfig config) {
        assertThat(config.problems()).isEqualTo(List.of());
        return new MailRenderer(PageConfig.named("Acme"), config, URI.create("https://auth.example.com"));
    }

    private MailConfig config() {
        return MailConfig.from(new SettingsLoader(MailConfig.settings())
                .overrides(Map.of("mail.templates", folder.toString()))
                .load());
    }

    private String write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }
}
