package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.latchkey.e2e.WorldExtension.Cast;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passkeys where a login or a page asks for one more proof. */
@ExtendWith(WorldExtension.class)
class PasskeyIT {
    @Test
    @DisplayName("S1-22 S4-06 a passkey is the second factor of a login; whoever has it not at hand takes another way")
    void secondFactor(Cast cast) {
        Visitor browser = cast.visitor(Look.DESKTOP);
        Account ada = Account.signedUp(browser, cast.newAddress());
        ada.addApp();
        browser.press("onward");
        Authenticator key = browser.plugIn();
        ada.addPasskey("Key on the ring");
        // Nothing may answer the autofill on the way.
        key.touched(false);
        ada.signOut().typePassword();
        browser.at("/mfa").open("/mfa?with=passkey");
        key.touched(true);
        browser.press("use-passkey").at("/account").sees(ada.address());

        key.touched(false);
        ada.signOut().typePassword();
        browser.at("/mfa").open("/mfa?with=passkey");
        key.unplug();
        browser.press("use-passkey").press("use-totp").at("/mfa");
        assertThat(browser.has("code")).isTrue();
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S1-22 S4-06 a login that must have a second factor is given a passkey, and leads on with its session")
    void enrolment(Look look, Cast cast) {
        Map<String, String> settings = new HashMap<>(Installed.plain());
        settings.put("LATCHKEY_MFA_REQUIRED_ROLES", "USER");
        try (ServerProcess strict = new ServerProcess("strict", settings)) {
            Visitor browser = cast.visitor(look);
            Gallery gallery = new Gallery(browser);
            String address = cast.newAddress();
            browser.open(strict.origin() + "/signup").type("email", address);
            browser.type("password", Account.PASSWORD).press("submit").at("/account");
            browser.forgetCookies().open(strict.origin() + "/login").type("email", address);
            browser.type("password", Account.PASSWORD).press("submit").at("/mfa/enrolment");
            Authenticator key = browser.plugIn();
            gallery.keep("mfa-enrolment-passkey");
            browser.press("use-passkey");
            Account.keepCodes(browser);
            browser.at("/account");
            assertThat(key.passkeys()).isEqualTo(1);

            key.touched(false);
            browser.open(strict.origin() + "/account").pressIn("sign-out").at("/login");
            browser.type("email", address)
                    .type("password", Account.PASSWORD)
                    .press("submit")
                    .at("/mfa");
            key.touched(true);
            browser.press("use-passkey").at("/account").sees(address);
            assertThat(gallery.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S1-22 S4-06 a passkey proves once more who somebody is, and leads back to what asked for it")
    void stepUp(Look look, Cast cast) {
        Visitor browser = cast.visitor(look);
        Gallery gallery = new Gallery(browser);
        Account ada = Account.signedUp(browser, cast.newAddress());
        Authenticator key = browser.plugIn();
        ada.addPasskey("Key on the ring");
        String before = session(browser);
        browser.open("/account/confirm?with=passkey&return_to=/account/history");
        key.touched(false);
        gallery.keep("account-confirm-passkey");
        key.touched(true);
        browser.press("use-passkey").at("/account/history");
        assertThat(session(browser)).as("a step-up moves the session").isNotEqualTo(before);
        assertThat(browser.signedIn()).isTrue();

        key.recognises(false);
        browser.open("/account/confirm?with=passkey&return_to=/account/history").press("use-passkey");
        PlaywrightAssertions.assertThat(browser.page().locator("#passkey-status"))
                .not()
                .isEmpty();
        assertThat(List.of(browser.page().url())).allMatch(url -> url.contains("/account/confirm"));
        assertThat(gallery.violations()).isEmpty();
    }

    private static String session(Visitor browser) {
        return browser.page().context().cookies().stream()
                .filter(cookie -> cookie.name.contains("latchkey_session"))
                .map(cookie -> cookie.value)
                .findFirst()
                .orElseThrow();
    }
}
