package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What proves once more who somebody is, and what they are told who cannot; judged and kept as pictures. */
@ExtendWith(WorldExtension.class)
class ConfirmationIT {
    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S4-05 S4-06 a step-up by an app or a backup code, and a factor lost in a session, keep WCAG 2.2 AA")
    void byFactor(Look look, Cast cast) {
        Visitor visitor = cast.visitor(look);
        Gallery gallery = new Gallery(visitor);
        Account.signedUp(visitor, cast.newAddress()).addApp();
        visitor.press("onward").at("/account/security");
        visitor.open("/account/confirm?with=totp&return_to=/account/history");
        gallery.keep("account-confirm-app");
        visitor.type("code", "000000").press("submit");
        gallery.keep("account-confirm-app-refused");
        visitor.press("use-backup-code").at("/account/confirm");
        gallery.keep("account-confirm-backup-code");
        visitor.press("lost").at("/account/confirm/lost");
        gallery.keep("account-confirm-lost");
        visitor.type("password", "not the password").press("submit");
        gallery.keep("account-confirm-lost-refused");
        visitor.type("password", Account.PASSWORD).press("submit");
        visitor.page().locator("#onward").waitFor();
        gallery.keep("account-confirm-lost-sent");
        assertThat(gallery.violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S4-05 S4-06 who has no password is led to one, on pages that keep WCAG 2.2 AA")
    void withoutPassword(Look look, Cast cast) {
        Visitor visitor = cast.visitor(look);
        Gallery gallery = new Gallery(visitor);
        String address = cast.newAddress();
        Account.signedUp(visitor, address);
        // The first login by mail claims the mailbox, and voids the password that was set before.
        visitor.forgetCookies().open("/login").type("email", address).press("mail-code");
        visitor.at("/login/code").type("code", cast.mails().code(address)).press("submit");
        visitor.at("/account").open("/account/security");
        gallery.keep("account-security-no-password");
        visitor.press("change-password").at("/account/password/first");
        gallery.keep("account-first-password");
        visitor.press("submit");
        visitor.page().locator("#onward").waitFor();
        gallery.keep("account-first-password-sent");
        assertThat(gallery.violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S4-05 S4-06 a form with the human check keeps WCAG 2.2 AA")
    void humanCheck(Look look, Cast cast) {
        try (ServerProcess checking = checking()) {
            Visitor visitor = cast.visitor(look);
            Gallery gallery = new Gallery(visitor);
            visitor.open(checking.origin() + "/login").type("email", cast.newAddress());
            visitor.type("password", "not the password").press("submit");
            visitor.page().waitForFunction("() => document.querySelector('[name=humanCheck]')?.value.includes('~')");
            gallery.keep("login-human-check");
            assertThat(gallery.violations()).isEmpty();
        }
    }

    private static ServerProcess checking() {
        Map<String, String> settings = new HashMap<>(Installed.plain());
        settings.put("LATCHKEY_HUMAN_CHECK_ENABLED", "true");
        settings.put("LATCHKEY_HUMAN_CHECK_ALWAYS", "login");
        return new ServerProcess("checking", settings);
    }
}
