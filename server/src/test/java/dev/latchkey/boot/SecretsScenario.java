package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.mail.DevelopmentMailbox;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes every route that takes or gives a secret, and remembers each secret that was given or came back. */
final class SecretsScenario {
    static final String NAME = "Visible Name of Ada Lovelace";

    private static final Pattern LINK = Pattern.compile("://[^/]+/([a-z/-]+)\\?token=([A-Za-z0-9_-]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String AUTH = "/api/v1/auth/";
    private static final String MFA = "/api/v1/mfa/";

    private final TestServer server;
    private final Services services;
    private final Plants plants;
    private final AtomicInteger number = new AtomicInteger();

    SecretsScenario(TestServer server, Plants plants) {
        this.server = server;
        this.services = server.app().services();
        this.plants = plants;
    }

    void play() {
        firstAdministrator();
        signUps();
        recovery();
        secondFactors();
        emailChange();
        lockout();
        invitation();
        deletion();
    }

    private void firstAdministrator() {
        String token = plants.plant(
                "first admin link", server.app().firstAdministratorToken().orElseThrow());
        ok(server.client().get("/first-admin?token=" + token));
        String password = password();
        form("/first-admin", Map.of("token", token, "email", "root@example.com", "password", "short"));
        ok(form(
                "/first-admin",
                Map.of(
                        "token", token,
                        "email", "root@example.com",
                        "name", NAME,
                        "password", password,
                        "repeatPassword", password)));
    }

    /** In the three modes, each with what a signed-in user does. */
    private void signUps() {
        String password = password();
        Answer tokens = register("tokens@example.com", password, "token");
        ApiClient bearer = server.client().bearer(tokens.text("/access_token"));
        ok(bearer.get(AUTH + "me"));
        ok(bearer.patch(AUTH + "me", Map.of("name", NAME)));
        ok(server.client().post(AUTH + "password-strength", Map.of("password", password())));
        Answer refreshed = refresh(tokens.text("/refresh_token"));
        refresh(tokens.text("/refresh_token"));
        refresh(refreshed.text("/refresh_token"));

        Answer cookie = register("cookie@example.com", password(), "cookie");
        ApiClient browser = server.client()
                .with(
                        "Cookie",
                        "latchkey_session=" + cookie.cookie("latchkey_session") + "; latchkey_device="
                                + cookie.cookie("latchkey_device"));
        String csrf = take(browser.get(AUTH + "csrf-token")).text("/csrfToken");
        ok(browser.get("/verify-email?token=" + mailed("cookie@example.com", "verify-email")));
        ok(browser.with("X-CSRF-Token", csrf).post(AUTH + "logout"));

        Answer session = register("session@example.com", password(), "session");
        ApiClient app = server.client().with("X-Session-Id", session.text("/sessionId"));
        ok(app.get(AUTH + "sessions"));
        ok(app.delete(AUTH + "sessions"));

        for (String mode : List.of("token", "cookie", "session")) {
            ok(login("tokens@example.com", password, mode));
        }
        login("tokens@example.com", password(), "token");
    }

    private void recovery() {
        String email = "recovery@example.com";
        String first = password();
        String second = password();
        Answer signedUp = register(email, first, "token");
        ok(server.client().post(AUTH + "verify-email", Map.of("token", mailed(email, "verify-email"))));
        ok(server.client().post(AUTH + "resend-verification", Map.of("email", email)));
        ApiClient bearer = server.client().bearer(signedUp.text("/access_token"));
        Answer raised = take(bearer.post(AUTH + "reauthenticate", Map.of("password", first)));
        bearer.post(AUTH + "reauthenticate", Map.of("password", password()));
        Answer changed = take(server.client()
                .bearer(raised.text("/access_token"))
                .post(AUTH + "change-password", Map.of("currentPassword", first, "newPassword", second)));
        ok(changed);
        ok(server.client().post(AUTH + "not-me", Map.of("token", mailed(email, "not-me"))));
        reset(email, mailed(email, "reset-password"));
        ok(server.client().post(AUTH + "forgot-password", Map.of("email", email)));
        String token = mailed(email, "reset-password");
        ok(server.client().get("/reset-password?token=" + token));
        String third = password();
        form("/reset-password", Map.of("token", token, "newPassword", third, "repeatPassword", password()));
        ok(form("/reset-password", Map.of("token", token, "newPassword", third, "repeatPassword", third)));
        ok(form("/not-me", Map.of("token", mailed(email, "not-me"))));
        ok(login("root@example.com", plants.all().get(1), "token"));
    }

    private void secondFactors() {
        String email = "factors@example.com";
        String password = password();
        Answer signedUp = register(email, password, "token");
        ApiClient bearer = server.client().bearer(signedUp.text("/access_token"));
        String secret =
                plants.plant("authenticator", take(bearer.post(MFA + "setup")).text("/secret"));
        Answer enabled =
                bearer.post(MFA + "enable", Map.of("code", new AuthenticatorApp(secret, server.clock()).code()));
        ok(enabled);
        enabled.texts("/backupCodes").forEach(code -> plants.plant("backup code", code));
        Answer challenged = login(email, password, "token");
        String handle = plants.plant("login handle", challenged.text("/mfaToken"));
        String code = enabled.texts("/backupCodes").getFirst();
        calm(server.client().post(MFA + "verify", Map.of("mfaToken", handle, "code", password)));
        ok(server.client().post(MFA + "recovery", Map.of("mfaToken", handle)));
        ok(server.client().get("/recovery?token=" + mailed(email, "recovery")));
        ok(take(server.client().post(MFA + "verify-backup", Map.of("mfaToken", handle, "code", code))));
        Answer begun = take(server.client().post(AUTH + "magic-link", Map.of("email", email)));
        ok(begun);
        ok(server.client().get("/login/link?token=" + mailed(email, "login/link")));
    }

    private void emailChange() {
        String password = password();
        Answer signedUp = register("former@example.com", password, "token");
        // Only an address that was proved gets a link that brings it back.
        ok(form("/verify-email", Map.of("token", mailed("former@example.com", "verify-email"))));
        ok(server.client()
                .bearer(signedUp.text("/access_token"))
                .patch(AUTH + "me", Map.of("email", "later@example.com", "currentPassword", password)));
        ok(form("/verify-email", Map.of("token", mailed("later@example.com", "verify-email"))));
        mailed("former@example.com", "not-me");
    }

    private void lockout() {
        String password = password();
        for (int round = 0; round < 2; round++) {
            String email = "locked" + round + "@example.com";
            register(email, password, "token");
            for (int i = 0; i < 6; i++) {
                login(email, password(), "token");
            }
            String token = mailed(email, "unlock-account");
            ok(
                    round == 0
                            ? form("/unlock-account", Map.of("token", token))
                            : server.client().post(AUTH + "unlock", Map.of("token", token)));
            ok(login(email, password, "token"));
        }
    }

    private void invitation() {
        Answer root = take(login("root@example.com", plants.all().get(1), "token"));
        ok(server.client()
                .bearer(root.text("/access_token"))
                .post("/api/v1/user-management", Map.of("email", "invited@example.com")));
        reset("invited@example.com", mailed("invited@example.com", "reset-password"));
    }

    private void deletion() {
        String password = password();
        Answer signedUp = register("deleted@example.com", password, "token");
        ApiClient bearer = server.client().bearer(signedUp.text("/access_token"));
        bearer.delete(AUTH + "me", Map.of("password", password()));
        ok(bearer.delete(AUTH + "me", Map.of("password", password)));
    }

    private Answer register(String email, String password, String mode) {
        Answer answer = server.client()
                .post(AUTH + "register", Map.of("email", email, "password", password, "mode", mode, "name", NAME));
        ok(answer);
        return take(answer);
    }

    private Answer login(String email, String password, String mode) {
        return take(server.client().post(AUTH + "login", Map.of("email", email, "password", password, "mode", mode)));
    }

    private Answer refresh(String token) {
        return take(server.client().post(AUTH + "refresh", Map.of("refresh_token", token)));
    }

    private void reset(String email, String token) {
        String password = password();
        ok(server.client().post(AUTH + "reset-password", Map.of("token", token, "newPassword", password)));
        ok(login(email, password, "token"));
    }

    private Answer form(String path, Map<String, String> fields) {
        return server.client().form(path, fields);
    }

    private String password() {
        int next = number.incrementAndGet();
        return plants.plant("password " + next, "plum-Harbour-" + next + "-kite-Zeppelin");
    }

    private static void ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }

    /** Remembers the secrets of an answer. */
    private Answer take(Answer answer) {
        if (answer.body().startsWith("{")) {
            for (String field : List.of("access_token", "refresh_token", "csrfToken", "sessionId", "loginToken")) {
                Optional.of(answer.text("/" + field))
                        .filter(text -> !text.isEmpty())
                        .ifPresent(text -> plants.plant(field, text));
            }
        }
        for (String cookie : answer.cookies()) {
            String value = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
            if (!value.isEmpty()) {
                plants.plant("cookie", value);
            }
        }
        return answer;
    }

    /**
     * The token of the newest link to this page, once its mail came. The mail also waits for a second transport that does not
     * answer, so the outbox never gets empty.
     */
    private String mailed(String address, String page) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            services.outbox.dispatchDue();
            Optional<String> token = newest(address, page);
            if (token.isPresent()) {
                services.mailbox.orElseThrow().clear();
                return plants.plant("link to " + page, token.get());
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("no mail to " + address + " links to /" + page);
    }

    private Optional<String> newest(String address, String page) {
        for (DevelopmentMailbox.Received received :
                services.mailbox.orElseThrow().list()) {
            Matcher link = LINK.matcher(received.mail().text());
            while (received.mail().to().asTyped().equals(address) && link.find()) {
                if (link.group(1).equals(page)) {
                    return Optional.of(link.group(2));
                }
            }
        }
        return Optional.empty();
    }

    /** Sends a secret where none belongs. Whatever is answered, it is no failure of the server. */
    void misplace(String secret) {
        String encoded = URLEncoder.encode(secret, UTF_8);
        ApiClient client = server.client();
        calm(client.get(AUTH + "me?token=" + encoded + "&access_token=" + encoded));
        calm(client.get("/verify-email?token=" + encoded + "&token=" + encoded));
        calm(client.get("/first-admin?email=" + encoded + "&" + encoded + "=1"));
        calm(client.get("/nowhere/" + encoded));
        calm(client.get("/reset-password/" + encoded + "?password=" + encoded));
        calm(client.delete(AUTH + "sessions/" + encoded));
        calm(client.post(AUTH + "login?password=" + encoded, Map.of("email", "x@example.com", "password", secret)));
        for (String email : List.of(secret, secret + "@example.com", "x@" + secret, "x@" + secret + ".example")) {
            calm(client.post(AUTH + "login", Map.of("email", email, "password", secret)));
            calm(client.post(AUTH + "forgot-password", Map.of("email", email)));
            calm(client.post(AUTH + "resend-verification", Map.of("email", email)));
        }
        Map<String, Object> unknown = Map.of(
                "email", "x@example.com", "password", secret, "passwrod", secret, secret, Map.of(secret, secret));
        calm(client.post(AUTH + "login", unknown));
        calm(client.post(AUTH + "login", Map.of("email", List.of(secret), "password", Map.of(secret, secret))));
        calm(client.post(AUTH + "login", Map.of("email", "x@example.com", "password", secret, "mode", secret)));
        calm(client.post(AUTH + "refresh", Map.of("refresh_token", secret.repeat(20))));
        calm(client.post(AUTH + "verify-email", Map.of("token", secret)));
        calm(client.post(AUTH + "login", Map.of("email", "x@example.com", "password", secret.repeat(200))));
        malformed(secret);
        headers(secret);
    }

    private void malformed(String secret) {
        for (String body : List.of(
                "{\"email\":\"x@example.com\",\"password\":\"" + secret,
                "{\"password\":" + secret + "}",
                "[\"" + secret + "\"]",
                "{\"password\":\"" + secret + "\",\"password\":\"" + secret + "\"}",
                "{\"password\":\"\\u0000" + secret + "\"}",
                secret)) {
            for (String type :
                    List.of("application/json", "text/plain", "application/x-www-form-urlencoded", "x/" + secret)) {
                calm(server.client().raw("POST", AUTH + "login", type, body.getBytes(UTF_8)));
                calm(server.client().raw("POST", "/reset-password", type, body.getBytes(UTF_8)));
            }
        }
        calm(server.client()
                .raw(
                        "POST",
                        AUTH + "login",
                        "application/json",
                        secret.repeat(50_000).getBytes(UTF_8)));
    }

    private void headers(String secret) {
        for (Map.Entry<String, String> header : Map.of(
                        "Authorization", "Bearer " + secret,
                        "X-API-Key", secret,
                        "X-Session-Id", secret,
                        "Cookie", "latchkey_session=" + secret + "; latchkey_device=" + secret + "; other=" + secret,
                        "Referer", "http://localhost/?token=" + secret,
                        "Accept-Language", secret,
                        "Origin", "http://" + secret + ".example",
                        "X-CSRF-Token", secret,
                        "X-Forwarded-Host", secret,
                        "X-Forwarded-For", secret)
                .entrySet()) {
            ApiClient client = server.client().with(header.getKey(), header.getValue());
            calm(client.get(AUTH + "me"));
            calm(client.post(AUTH + "login", Map.of("email", "x@example.com", "password", secret)));
        }
        calm(server.client().with("Authorization", secret).get(AUTH + "me"));
        calm(server.client().with("Authorization", "Basic " + secret).get(AUTH + "me"));
    }

    private static void calm(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isLessThan(500);
    }
}
