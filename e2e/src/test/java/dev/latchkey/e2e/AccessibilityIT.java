package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.latchkey.e2e.WorldExtension.Cast;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page that a person can open, from left to right and from right to left, judged and kept as pictures. */
@ExtendWith(WorldExtension.class)
class AccessibilityIT {
    private static final int MOST_ATTEMPTS = 40;

    static Stream<Look> looks() {
        return Stream.of(Look.DESKTOP, Look.RIGHT_TO_LEFT);
    }

    @ParameterizedTest
    @MethodSource("looks")
    @DisplayName("S4-05 S4-06 pages for everybody keep WCAG 2.2 AA, light and dark, wide and narrow")
    void forEverybody(Look look, Cast cast) {
        Visitor visitor = cast.visitor(look);
        Gallery gallery = new Gallery(visitor);
        String address = cast.newAddress();
        visitor.open("/");
        gallery.keep("start");
        visitor.open("/login");
        gallery.keep("login");
        visitor.type("email", address).type("password", "not the password").press("submit");
        gallery.keep("login-refused");
        visitor.open("/login").type("email", address).press("mail-code").at("/login/code");
        gallery.keep("login-code");
        visitor.type("code", "000000").press("submit");
        gallery.keep("login-code-refused");
        visitor.open("/signup");
        gallery.keep("sign-up");
        visitor.type("password", "qwertyuiop[]");
        PlaywrightAssertions.assertThat(visitor.page().locator(".password [role=status]"))
                .not()
                .isEmpty();
        gallery.keep("sign-up-weak");
        visitor.type("email", address).type("password", "short").press("submit");
        gallery.keep("sign-up-refused");
        visitor.open("/forgot");
        gallery.keep("forgot");
        visitor.type("email", address).press("submit");
        gallery.keep("forgot-sent");
        visitor.open("/verify-email/again");
        gallery.keep("verify-again");
        visitor.open("/reset-password?token=expired");
        gallery.keep("reset-password-expired");
        visitor.open("/recovery?token=expired");
        gallery.keep("recovery-expired");
        visitor.open("/logout");
        gallery.keep("logout");
        visitor.open("/error?code=FORBIDDEN");
        gallery.keep("error");
        visitor.open("/nowhere");
        gallery.keep("not-found");
        assertThat(gallery.violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("looks")
    @DisplayName("S4-05 S4-06 the own account keeps WCAG 2.2 AA, light and dark, wide and narrow")
    void ownAccount(Look look, Cast cast) {
        Visitor visitor = cast.visitor(look);
        Gallery gallery = new Gallery(visitor);
        Account ada = Account.signedUp(visitor, cast.newAddress());
        gallery.keep("account-unconfirmed");
        visitor.open(cast.mails().link(ada.address(), "/verify-email"));
        gallery.keep("verify-email");
        visitor.press("submit");
        gallery.keep("verify-email-done");
        for (String place : new String[] {
            "email",
            "password",
            "security",
            "sessions",
            "privacy",
            "history",
            "delete",
            "confirm",
            "authenticator",
            "passkey"
        }) {
            visitor.open("/account/" + place).at("/account/" + place);
            gallery.keep("account-" + place);
        }
        visitor.open("/account").type("picture", "http://example.com/me.png").press("save-profile");
        gallery.keep("account-refused");
        ada.with(cast.visitor(Look.DARK_PHONE)).typePassword();
        visitor.open("/account/sessions");
        gallery.keep("account-sessions-two");
        visitor.open("/account/security?done=removed");
        assertThat(visitor.has("sign-out-others")).isTrue();
        gallery.keep("account-security-removed");
        visitor.open("/login");
        gallery.keep("login-signed-in");
        visitor.open("/logout");
        gallery.keep("logout-signed-in");
        assertThat(gallery.violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("looks")
    @DisplayName("S4-05 S4-06 second factors and their loss keep WCAG 2.2 AA, light and dark, wide and narrow")
    void secondFactors(Look look, Cast cast) {
        Visitor visitor = cast.visitor(look);
        Gallery gallery = new Gallery(visitor);
        Account ada = Account.signedUp(visitor, cast.newAddress()).confirm(cast.mails());
        ada.addApp();
        gallery.keep("backup-codes");
        visitor.press("onward").at("/account/security");
        Authenticator key = visitor.plugIn();
        ada.addPasskey("A key on the ring");
        gallery.keep("account-security-factors");
        key.touched(false);
        visitor.open("/account/backup-codes");
        gallery.keep("account-backup-codes");
        visitor.open("/account/two-step/off");
        gallery.keep("account-two-step-off");
        follow(visitor, "#authenticators .links a", 0);
        gallery.keep("account-authenticator-name");
        follow(visitor, "#authenticators .links a", 1);
        gallery.keep("account-authenticator-remove");
        follow(visitor, "#passkeys .links a", 0);
        gallery.keep("account-passkey-name");
        follow(visitor, "#passkeys .links a", 1);
        gallery.keep("account-passkey-remove");

        ada.signOut().typePassword();
        visitor.at("/mfa");
        gallery.keep("mfa");
        visitor.open("/mfa?with=totp");
        gallery.keep("mfa-app");
        visitor.type("code", "000000").press("submit");
        gallery.keep("mfa-app-refused");
        visitor.open("/mfa?with=backup-code");
        gallery.keep("mfa-backup-code");
        visitor.press("lost").at("/mfa/lost");
        gallery.keep("mfa-lost");
        visitor.press("submit");
        gallery.keep("mfa-lost-sent");
        visitor.open(cast.mails().link(ada.address(), "/recovery"));
        gallery.keep("recovery");
        visitor.pressIn("complete-recovery");
        gallery.keep("recovery-done");
        assertThat(gallery.violations()).isEmpty();
    }

    private static void follow(Visitor visitor, String links, int which) {
        visitor.open("/account/security").page().locator(links).nth(which).click();
    }

    @ParameterizedTest
    @MethodSource("looks")
    @DisplayName("S4-05 S4-06 pages of the first administrator, who must have a second factor, keep WCAG 2.2 AA")
    void firstAdministrator(Look look, Cast cast) {
        try (ServerProcess fresh = new ServerProcess("fresh", Installed.plain())) {
            firstAdministrator(fresh, cast.visitor(look), cast.newAddress());
        }
    }

    private static void firstAdministrator(ServerProcess fresh, Visitor visitor, String address) {
        Gallery gallery = new Gallery(visitor);
        visitor.open(fresh.origin() + fresh.firstAdministrator());
        gallery.keep("first-administrator");
        visitor.type("email", address).type("name", "Grace").type("password", Account.PASSWORD);
        visitor.type("repeatPassword", Account.PASSWORD).press("submit");
        gallery.keep("first-administrator-done");
        visitor.forgetCookies().open(fresh.origin() + "/login").type("email", address);
        visitor.type("password", Account.PASSWORD).press("submit").at("/mfa/enrolment");
        gallery.keep("mfa-enrolment");
        visitor.type("code", "000000").press("submit");
        gallery.keep("mfa-enrolment-refused");
        assertThat(gallery.violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("looks")
    @DisplayName("S4-05 S4-06 a page that asks to wait keeps WCAG 2.2 AA")
    void tooMany(Look look, Cast cast) {
        try (ServerProcess limited = new ServerProcess("limited", Map.of("LATCHKEY_PASSWORD_BREACH_CHECK", "false"))) {
            Visitor visitor = cast.visitor(look);
            Gallery gallery = new Gallery(visitor);
            String address = cast.newAddress();
            int[] status = new int[1];
            visitor.page().onResponse(response -> {
                if (response.request().isNavigationRequest()) {
                    status[0] = response.status();
                }
            });
            for (int attempt = 0; attempt < MOST_ATTEMPTS && status[0] != 429; attempt++) {
                visitor.open(limited.origin() + "/login").type("email", address);
                visitor.type("password", "not the password").press("submit");
                visitor.page().waitForLoadState();
            }
            assertThat(status[0]).isEqualTo(429);
            gallery.keep("login-too-many");
            assertThat(gallery.violations()).isEmpty();
        }
    }

    @Test
    @DisplayName("S4-06 what nobody could read or use is noticed")
    void noticesWhatIsWrong(Cast cast) {
        Visitor visitor = cast.visitor(Look.DESKTOP);
        visitor.open("/api/openapi.json");
        assertThat(Gallery.bytes(visitor.page())).isGreaterThan(Gallery.MOST_BYTES);
        visitor.open("about:blank");
        Gallery gallery = new Gallery(visitor);
        visitor.page()
                .setContent("<p style='color: #999'>grey</p><input><p style='width: 400px'>wide</p><img src='"
                        + cast.frontEnd().origin() + "/welcome'>");
        gallery.keep("unusable");
        assertThat(gallery.violations())
                .anySatisfy(line -> assertThat(line).contains("color-contrast"))
                .anySatisfy(line -> assertThat(line).contains("html-has-lang"))
                .anySatisfy(line -> assertThat(line).contains("label:"))
                .anySatisfy(line -> assertThat(line).contains("wider than"))
                .anySatisfy(line ->
                        assertThat(line).contains("asked " + cast.frontEnd().origin()));
    }
}
