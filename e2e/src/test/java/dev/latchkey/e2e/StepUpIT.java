package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.RequestOptions;
import dev.latchkey.e2e.WorldExtension.Cast;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A form was open for longer than a proof of identity lasts. */
@ExtendWith(WorldExtension.class)
class StepUpIT {
    private static final String NEW = "moved@example.com";

    @Test
    @DisplayName("S4-06 what was typed is in the form again after the step-up")
    void filledInAgain(Cast cast) {
        try (ServerProcess hasty = hasty()) {
            Visitor browser = cast.visitor(Look.DESKTOP);
            browser.open(hasty.origin() + "/signup").type("email", cast.newAddress());
            browser.type("password", Account.PASSWORD).press("submit").at("/account");

            browser.open(hasty.origin() + "/account/email").type("email", NEW);
            lapse(browser, hasty);
            browser.press("submit").at("/account/confirm").type("password", Account.PASSWORD);
            browser.press("submit").at("/account/email");
            PlaywrightAssertions.assertThat(browser.page().locator("#email")).hasValue(NEW);
            browser.press("submit").at("/account").sees("Waiting for " + NEW);

            browser.plugIn();
            confirm(browser.open(hasty.origin() + "/account/passkey"));
            browser.at("/account/passkey").type("name", "Key on the ring");
            lapse(browser, hasty);
            browser.press("use-passkey");
            confirm(browser.at("/account/confirm"));
            browser.at("/account/passkey");
            PlaywrightAssertions.assertThat(browser.page().locator("#name")).hasValue("Key on the ring");
            browser.press("use-passkey");
            Account.keepCodes(browser);
            browser.at("/account/security").sees("Key on the ring");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static ServerProcess hasty() {
        return new ServerProcess(
                "hasty",
                Map.of(
                        "LATCHKEY_LIMITS_ENABLED", "false",
                        "LATCHKEY_ACCESS_STEP_UP", "8s",
                        "LATCHKEY_PASSWORD_BREACH_CHECK", "false"));
    }

    /** Until the server would ask for a proof. */
    private static void lapse(Visitor browser, ServerProcess server) {
        Ready.await(
                Duration.ofSeconds(30),
                () -> "the step-up to lapse",
                () -> browser.page()
                                .context()
                                .request()
                                .get(
                                        server.origin() + "/account/email",
                                        RequestOptions.create().setMaxRedirects(0))
                                .status()
                        == 303);
    }

    /** The page may have opened before the proof lapsed. */
    private static void confirm(Visitor browser) {
        if (browser.has("confirm")) {
            browser.type("password", Account.PASSWORD).press("submit");
        }
    }
}
