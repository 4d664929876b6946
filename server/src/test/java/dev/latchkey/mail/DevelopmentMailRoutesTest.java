package dev.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.Profile;
import dev.latchkey.config.Settings;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.ephemeral.MemoryExpiringStore;
import dev.latchkey.http.AccessLog;
import dev.latchkey.http.Authenticator;
import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.HttpConfig;
import dev.latchkey.http.HttpServer;
import dev.latchkey.http.Json;
import dev.latchkey.http.Mount;
import dev.latchkey.http.PageSources;
import dev.latchkey.http.Refusals;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.metrics.Metrics;
import dev.latchkey.page.AssetRoutes;
import dev.latchkey.page.PageConfig;
import dev.latchkey.page.Pages;
import dev.latchkey.page.Theme;
import dev.latchkey.trace.Tracer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The development mailbox and the pages' assets over real HTTP. */
class DevelopmentMailRoutesTest {
    private final MutableClock clock = new MutableClock();
    private final DevelopmentMailbox mailbox = new DevelopmentMailbox(clock);
    private final Pages pages = new Pages("Acme");
    private final MailRenderer renderer =
            new MailRenderer(PageConfig.named("Acme"), MailConfig.defaults(), URI.create("http://localhost:3001"));
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server = server(Profile.DEVELOPMENT);

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    @DisplayName("scripts read the mails as an array, newest first")
    void json() throws Exception {
        receive("m-1", MailTemplate.VERIFY_EMAIL);
        clock.advance(Duration.ofSeconds(1));
        receive("m-2", MailTemplate.PASSWORD_CHANGED);
        HttpResponse<String> answer = get("/dev/mail", "Accept", "application/json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.body())
                .startsWith("[{\"to\":\"ada@example.com\",\"subject\":\"Your password for Acme was changed\"")
                .contains("\"links\":[\"http://localhost:3001/not-me?token=not-me-Token_2\"]")
                .contains("\"sentAt\":\"2030-01-01T00:00:01Z\"")
                .contains("\"sentAt\":\"2030-01-01T00:00:00Z\"")
                .contains("\"text\":\"", "\"html\":\"");
        assertThat(answer.body().indexOf("not-me")).isLessThan(answer.body().indexOf("verify-email"));
    }

    @Test
    @DisplayName("people read the mails as pages and click their links")
    void html() throws Exception {
        assertThat(get("/dev/mail").body()).contains("id=\"empty\"");
        receive("m-1", MailTemplate.VERIFY_EMAIL);
        assertThat(get("/dev/mail").body())
                .contains("<a href=\"/dev/mail/m-1\" dir=\"auto\">Confirm your e-mail address for Acme</a>");
        assertThat(get("/dev/mail/m-1").body())
                .contains("<li><a href=\"http://localhost:3001/verify-email?token=action-Token_1\" dir=\"ltr\">");
        HttpResponse<String> raw = get("/dev/mail/m-1/html");
        assertThat(raw.body()).contains("Confirm my address</a>");
        assertThat(raw.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "sandbox");
        assertThat(get("/dev/mail/m-9").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("text messages stand beside the mails, for people and for scripts")
    void texts() throws Exception {
        receive("m-1", MailTemplate.VERIFY_EMAIL);
        clock.advance(Duration.ofSeconds(1));
        mailbox.text("s-1", "+4930123456", "042137 is <your> code");
        mailbox.text("s-1", "+4930123456", "042137 is <your> code");
        assertThat(mailbox.texts()).hasSize(1);
        assertThat(get("/dev/mail").body())
                .contains("042137 is &lt;your&gt; code", "+4930123456", "href=\"/dev/mail/m-1\"");
        assertThat(get("/dev/mail", "Accept", "application/json").body())
                .startsWith("[{\"to\":\"+4930123456\",\"subject\":\"\",\"text\":\"042137 is <your> code\"")
                .contains("\"kind\":\"sms\"", "\"kind\":\"mail\"");
        mailbox.clear();
        assertThat(mailbox.texts()).isEmpty();
    }

    @Test
    @DisplayName("S4-06 the mailbox speaks the reader's language, whatever language the mails are in")
    void languages() throws Exception {
        receive("m-1", MailTemplate.VERIFY_EMAIL);
        assertThat(get("/dev/mail", "Accept-Language", "de").body())
                .contains("<html lang=\"de\"", "Postfach für die Entwicklung", "dir=\"auto\">Confirm your", "?lang=ar");
        assertThat(get("/dev/mail/m-1?lang=ar").body())
                .contains("dir=\"rtl\"", "كما يعرضها برنامج البريد", "<pre id=\"text\" dir=\"auto\">");
        assertThat(get("/dev/mail/preview", "Accept-Language", "fr").body())
                .contains("Chaque e-mail", ">日本語</a>", "/dev/mail/preview/verify_email/ja/html");
    }

    @Test
    void isEmptied() throws Exception {
        receive("m-1", MailTemplate.VERIFY_EMAIL);
        HttpRequest delete = HttpRequest.newBuilder(uri("/dev/mail")).DELETE().build();
        assertThat(client.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
        assertThat(get("/dev/mail", "Accept", "application/json").body()).isEqualTo("[]");
    }

    @Test
    @DisplayName("a forwarded request does not find the mailbox, nor does anybody in production")
    void hidden() throws Exception {
        receive("m-1", MailTemplate.VERIFY_EMAIL);
        assertThat(get("/dev/mail", "X-Forwarded-For", "127.0.0.1").statusCode())
                .isEqualTo(404);
        try (HttpServer production = server(Profile.PRODUCTION)) {
            production.start();
            URI there = URI.create("http://localhost:" + production.port() + "/dev/mail");
            HttpRequest request = HttpRequest.newBuilder(there).build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void keepsTheLast200() {
        for (int i = 0; i < 201; i++) {
            receive("m-" + i, MailTemplate.EMAIL_TAKEN);
        }
        receive("m-200", MailTemplate.EMAIL_TAKEN);
        assertThat(mailbox.list()).hasSize(200);
        assertThat(mailbox.find("m-0")).isEmpty();
        assertThat(mailbox.list().getFirst().mail().id()).isEqualTo("m-200");
    }

    @Test
    @DisplayName("the stylesheet has an address of its version, is kept for good and is compressed")
    void assets() throws Exception {
        Matcher link = Pattern.compile("href=\"(/assets/[0-9a-f]{12}/latchkey\\.css)\"")
                .matcher(get("/dev/mail").body());
        assertThat(link.find()).isTrue();
        String path = link.group(1);
        HttpResponse<String> plain = get(path);
        assertThat(plain.body()).contains("prefers-color-scheme: dark");
        assertThat(plain.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        assertThat(plain.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");

        HttpRequest packed = HttpRequest.newBuilder(uri(path))
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> gzip = client.send(packed, BodyHandlers.ofByteArray());
        assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
        byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes();
        assertThat(new String(unpacked, StandardCharsets.UTF_8)).isEqualTo(plain.body());

        HttpResponse<String> other = get("/assets/000000000000/latchkey.css");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(get(path.replace("latchkey.css", "latchkey.svg")).headers().firstValue("Content-Type"))
                .contains("image/svg+xml");
        assertThat(get(path.replace("latchkey.css", "other.css")).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("the edge's refusals are pages of ours")
    void errorPage() throws Exception {
        HttpResponse<String> answer = get("/dev/mail/m-9", "Accept-Language", "nl, de;q=0.5");
        assertThat(answer.body())
                .contains("<html lang=\"de\" dir=\"ltr\">", "Seite nicht gefunden", "id=\"request-id\"");
        assertThat(client.send(
                                HttpRequest.newBuilder(uri("/dev/mail/m-9"))
                                        .POST(BodyPublishers.noBody())
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    private void receive(String id, MailTemplate template) {
        mailbox.send(renderer.render(id, TestMails.of(template, "ada@example.com")));
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    private HttpServer server(Profile profile) {
        Mount root = new Mount("", ErrorShape.PAGE);
        new DevelopmentMailRoutes(mailbox, pages, renderer).mount(root);
        AssetRoutes.mount(root, Theme.usual());
        HttpConfig config =
                HttpConfig.from(Settings.of(HttpConfig.settings(), Map.of("server.port", "0", "operations.port", "0")));
        return new HttpServer(
                config,
                profile,
                List.of(root),
                new HttpServer.Needs(
                        new Nobody(),
                        (session, presented) -> false,
                        new RateLimits(new MemoryExpiringStore(clock), new MemoryExpiringStore(clock), clock),
                        pages,
                        List.of(),
                        AccessLog.off(),
                        Refusals.untold(),
                        PageSources.NONE,
                        Tracer.off(),
                        roles -> false),
                new Metrics(),
                clock,
                new Json());
    }

    /** Knows no credential. */
    private static final class Nobody implements Authenticator {
        @Override
        public Principal bearer(String token, RequestContext context) {
            throw Problem.of(ErrorCode.INVALID_TOKEN);
        }

        @Override
        public Principal session(String secret, boolean fromCookie, RequestContext context) {
            throw Problem.of(ErrorCode.INVALID_SESSION);
        }

        @Override
        public Principal apiKey(String key, RequestContext context) {
            throw Problem.of(ErrorCode.INVALID_CREDENTIALS);
        }
    }
}
