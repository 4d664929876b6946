package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A telephone number as second factor: proved on the account, asked for at a login and for a step-up. */
@ExtendWith(WorldExtension.class)
class TextedCodesIT {
    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S1-21 S4-05 S4-06 a number is added, signs in and proves once more; its pages keep WCAG 2.2 AA")
    void number(Look look, Cast cast) {
        Visitor browser = cast.visitor(look);
        Gallery gallery = new Gallery(browser);
        Account ada = Account.signedUp(browser, cast.newAddress());
        String number = cast.newNumber();
        browser.open("/account/security").press("add-phone").at("/account/phone");
        gallery.keep("account-phone");
        browser.type("phoneNumber", "030").press("submit");
        gallery.keep("account-phone-refused");
        browser.type("phoneNumber", number).press("submit").at("/account/phone/code");
        gallery.keep("account-phone-code");
        browser.type("code", "000000").press("submit");
        gallery.keep("account-phone-code-refused");
        browser.type("code", cast.mails().code(number)).press("submit");
        Account.keepCodes(browser);
        browser.at("/account/security");
        gallery.keep("account-security-phone");

        ada.signOut().typePassword();
        browser.at("/mfa");
        gallery.keep("mfa-sms");
        String before = cast.mails().code(number);
        browser.press("send").at("/mfa");
        gallery.keep("mfa-sms-sent");
        browser.type("code", cast.mails().codeAfter(number, before))
                .press("submit")
                .at("/account");

        browser.open("/account/confirm?with=sms&return_to=/account/history");
        gallery.keep("account-confirm-sms");
        before = cast.mails().code(number);
        browser.press("send").at("/account/confirm");
        gallery.keep("account-confirm-sms-sent");
        browser.type("code", cast.mails().codeAfter(number, before))
                .press("submit")
                .at("/account/history");
        browser.open("/account/phone/remove");
        gallery.keep("account-phone-remove");
        assertThat(gallery.violations()).isEmpty();
    }
}
