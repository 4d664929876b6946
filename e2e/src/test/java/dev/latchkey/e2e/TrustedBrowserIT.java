package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(WorldExtension.class)
class TrustedBrowserIT {
    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S1-24 S4-06 a browser passes for the second factor until it is forgotten; the list keeps WCAG 2.2 AA")
    void passes(Look look, Cast cast) {
        Visitor browser = cast.visitor(look);
        Gallery gallery = new Gallery(browser);
        Account ada = Account.signedUp(browser, cast.newAddress());
        ada.addApp();
        List<String> codes = browser.texts("#backup-codes code");
        browser.press("onward");
        ada.signOut().typePassword();
        browser.at("/mfa").tick("trust").press("use-backup-code");
        browser.at("/mfa")
                .tick("trust")
                .type("code", codes.get(0))
                .press("submit")
                .at("/account");

        ada.signOut().typePassword();
        browser.at("/account").open("/account/sessions");
        gallery.keep("account-sessions-trusted");
        browser.pressIn("forget-all").at("/account/sessions");
        assertThat(browser.has("trusted")).isFalse();
        gallery.keep("account-sessions-forgotten");

        ada.signOut().typePassword();
        browser.at("/mfa").type("code", "").press("use-backup-code");
        browser.type("code", codes.get(1)).press("submit").at("/account");
        assertThat(gallery.violations()).isEmpty();
    }
}
