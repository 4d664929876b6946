package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People come from an application on another origin and return there, but only to one that the server knows. */
@ExtendWith(WorldExtension.class)
class FrontEndIT {
    @Test
    @DisplayName("S4-06 sign-up and login return to a front end on another origin that is allowed")
    void returns(Cast cast) {
        String application = cast.frontEnd().origin() + "/welcome";
        Visitor browser = cast.visitor(Look.DESKTOP);
        String address = cast.newAddress();
        browser.open(from("/signup", application)).type("email", address);
        browser.type("password", Account.PASSWORD).press("submit").at("/welcome");
        assertThat(browser.page().url()).isEqualTo(application);

        browser.forgetCookies().open(from("/login", application)).type("email", address);
        browser.type("password", Account.PASSWORD).press("submit").at("/welcome");
        assertThat(browser.page().url()).isEqualTo(application);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @DisplayName("S4-06 a login with a second factor returns there too, though the form was refused once")
    void returnsAfterSecondFactor(Cast cast) {
        String application = cast.frontEnd().origin() + "/welcome";
        Visitor browser = cast.visitor(Look.DESKTOP);
        Account ada = Account.signedUp(browser, cast.newAddress());
        AuthenticatorApp app = ada.addApp();
        browser.forgetCookies().open(from("/login", application)).type("email", ada.address());
        browser.type("password", "not the password").press("submit").sees("Invalid email or password");
        browser.type("password", Account.PASSWORD).press("submit").at("/mfa");
        browser.type("code", app.code()).press("submit").at("/welcome");
        assertThat(browser.page().url()).isEqualTo(application);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @DisplayName("S4-06 a front end that is not allowed is ignored")
    void strangers(Cast cast) {
        try (FrontEnd stranger = new FrontEnd()) {
            Visitor browser = cast.visitor(Look.DESKTOP);
            Account ada = Account.signedUp(browser, cast.newAddress());
            browser.forgetCookies();
            for (String elsewhere : new String[] {
                stranger.origin() + "/welcome",
                "//" + stranger.origin().substring("http://".length()) + "/welcome",
                cast.frontEnd().origin() + "@" + stranger.origin().substring("http://".length()) + "/welcome",
                "javascript:location='" + stranger.origin() + "'"
            }) {
                browser.open(from("/login", elsewhere)).type("email", ada.address());
                browser.type("password", Account.PASSWORD).press("submit").at("/account");
                assertThat(browser.page().url()).as(elsewhere).startsWith(cast.origin() + "/");
                ada.signOut();
            }
        }
    }

    private static String from(String path, String application) {
        return path + "?return_to=" + URLEncoder.encode(application, StandardCharsets.UTF_8);
    }
}
