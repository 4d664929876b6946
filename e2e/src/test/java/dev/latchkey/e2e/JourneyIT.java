package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class JourneyIT {
    @Test
    @DisplayName(
            "S4-06 S1-22 sign-up, mail, password, app, passkey by autofill, backup code, lost device, out everywhere")
    void theWholeLifeOfAnAccount(Cast cast) {
        Visitor browser = cast.visitor(Look.DESKTOP);
        Account ada = Account.signedUp(browser, cast.newAddress());
        browser.openMail("Confirm your e-mail address", ada.address());
        browser.page().locator("#links a[href*='/verify-email?']").click();
        browser.at("/verify-email").press("submit").seesTitle("Your address is confirmed");
        ada.signOut().typePassword();
        browser.at("/account").sees(ada.address());

        AuthenticatorApp app = ada.addApp();
        List<String> codes = browser.seesTitle("Your backup codes").texts("#backup-codes code");
        assertThat(codes).hasSize(10);
        browser.press("onward").at("/account/security");
        ada.signOut().typePassword();
        browser.at("/mfa").type("code", app.code()).press("submit").at("/account");

        Authenticator key = browser.plugIn();
        ada.addPasskey("Test laptop");
        browser.sees("Test laptop");
        assertThat(key.passkeys()).isEqualTo(1);
        key.touched(false);
        ada.signOut();
        assertThat(browser.signedIn()).isFalse();
        // Nothing is typed or pressed: the browser offers the passkey beside the fields, and its owner touches it.
        key.touched(true);
        browser.open("/login").at("/account").sees(ada.address());

        key.touched(false);
        ada.signOut().typePassword();
        browser.at("/mfa").press("use-backup-code");
        browser.type("code", codes.getFirst()).press("submit").at("/account");

        lostDevice(cast, ada, browser);
        assertThat(browser.complaints()).isEmpty();
    }

    /** The app and the passkey are gone; the mailbox and the password are what is left. */
    private static void lostDevice(Cast cast, Account ada, Visitor owner) {
        Visitor elsewhere = cast.visitor(Look.DARK_PHONE);
        Account again = ada.with(elsewhere).typePassword();
        elsewhere.at("/mfa").press("lost").at("/mfa/lost").press("submit");
        elsewhere.seesTitle("We have sent you a mail");
        elsewhere.open(cast.mails().link(ada.address(), "/recovery")).pressIn("complete-recovery");
        elsewhere.seesTitle("Your second factors are removed");
        assertThat(elsewhere.signedIn()).isFalse();
        assertThat(owner.signedIn()).isFalse();

        again.typePassword();
        elsewhere.at("/account");
        ada.typePassword();
        owner.at("/account").open("/account/sessions").sees("This device");
        owner.pressIn("sign-out-everywhere").at("/login");
        assertThat(owner.signedIn()).isFalse();
        assertThat(elsewhere.signedIn()).isFalse();
    }
}
