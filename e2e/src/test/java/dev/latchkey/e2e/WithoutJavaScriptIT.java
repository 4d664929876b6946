package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever has JavaScript off gets everywhere but to passkeys, and these are not offered then. */
@ExtendWith(WorldExtension.class)
class WithoutJavaScriptIT {
    @Test
    @DisplayName("S4-06 sign-up, mail, password, app, backup code and sign-out without JavaScript")
    void theOrdinaryLife(Cast cast) {
        Visitor browser = cast.visitor(Look.DESKTOP.withoutScript());
        Account ada = Account.signedUp(browser, cast.newAddress()).confirm(cast.mails());
        browser.seesTitle("Your address is confirmed");
        ada.signOut();
        assertThat(browser.signedIn()).isFalse();
        assertThat(browser.page().locator("#use-passkey").isVisible()).isFalse();
        ada.typePassword();
        browser.at("/account").sees(ada.address());

        AuthenticatorApp app = ada.addApp();
        List<String> codes = browser.seesTitle("Your backup codes").texts("#backup-codes code");
        browser.press("onward").at("/account/security");
        ada.signOut().typePassword();
        browser.at("/mfa").type("code", app.code()).press("submit").at("/account");

        ada.signOut().typePassword();
        browser.at("/mfa").press("use-backup-code");
        browser.type("code", codes.getFirst()).press("submit").at("/account");
        browser.open("/account/sessions").pressIn("sign-out-everywhere").at("/login");
        assertThat(browser.signedIn()).isFalse();
    }

    @Test
    @DisplayName("S4-06 a weak password, a lost device and a step-up without JavaScript")
    void whatGoesWrong(Cast cast) {
        Visitor browser = cast.visitor(Look.DESKTOP.withoutScript());
        browser.open("/signup").type("email", cast.newAddress()).type("password", "qwertyuiop[]");
        browser.press("submit").sees("Neighbouring keys are guessed quickly.");
        Account ada = Account.signedUp(browser, cast.newAddress()).confirm(cast.mails());
        browser.open("/account/confirm?with=password&return_to=/account/history");
        browser.type("password", Account.PASSWORD).press("submit").at("/account/history");
        ada.addApp();
        browser.press("onward").at("/account/security");

        ada.signOut().typePassword();
        browser.at("/mfa").press("lost").at("/mfa/lost").press("submit").seesTitle("We have sent you a mail");
        browser.open(cast.mails().link(ada.address(), "/recovery")).pressIn("complete-recovery");
        browser.seesTitle("Your second factors are removed");
        ada.typePassword();
        browser.at("/account");
    }

    @Test
    @DisplayName("S4-06 a login by the code in a mail without JavaScript")
    void codeFromTheMail(Cast cast) {
        Visitor browser = cast.visitor(Look.DARK_PHONE.withoutScript());
        Account ada = Account.signedUp(browser, cast.newAddress()).confirm(cast.mails());
        ada.signOut();
        browser.type("email", ada.address()).press("mail-code").at("/login/code");
        cast.mails().link(ada.address(), "/login/link");
        browser.type("code", cast.mails().code(ada.address())).press("submit").at("/account");
        assertThat(browser.signedIn()).isTrue();
    }
}
