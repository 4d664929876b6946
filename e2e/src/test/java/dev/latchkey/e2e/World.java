package dev.latchkey.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One server, one application beside it and one Chromium for the whole run; every test brings people of its own. */
final class World implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    final FrontEnd frontEnd = new FrontEnd();
    final ServerProcess server;
    private final Playwright playwright;
    private final Browser browser;
    private final AtomicInteger people = new AtomicInteger();

    World(Path chromium) {
        server = new ServerProcess(
                "server",
                Map.of(
                        "LATCHKEY_LIMITS_ENABLED", "false",
                        "LATCHKEY_SERVER_CORS_ORIGINS", frontEnd.origin(),
                        "LATCHKEY_MFA_RECOVERY_WAIT", "0s",
                        "LATCHKEY_MFA_SMS_ENABLED", "true",
                        "LATCHKEY_MFA_TRUSTED_DEVICE", "30d",
                        "LATCHKEY_PASSWORD_BREACH_CHECK", "false"));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(FLAGS)
                        .setTimeout(30_000));
    }

    /** A browser of its own: no cookies, nothing remembered. */
    Visitor visitor(Look look) {
        return new Visitor(browser.newContext(look.options(server.origin())), look);
    }

    Mails mails() {
        return new Mails(server);
    }

    /** An address that nobody has yet. */
    String newAddress() {
        return "person" + people.incrementAndGet() + "@example.com";
    }

    /** A telephone number that nobody has yet. */
    String newNumber() {
        return "+4930%07d".formatted(people.incrementAndGet());
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        server.close();
        frontEnd.close();
    }
}
