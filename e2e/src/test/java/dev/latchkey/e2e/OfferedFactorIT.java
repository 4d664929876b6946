package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the operator wants it, whoever signs in with one factor is offered a second. */
@ExtendWith(WorldExtension.class)
class OfferedFactorIT {
    @ParameterizedTest
    @MethodSource("dev.latchkey.e2e.AccessibilityIT#looks")
    @DisplayName("S4-05 S4-06 the offer of a second factor is put off for a while; its page keeps WCAG 2.2 AA")
    void putOff(Look look, Cast cast) {
        try (ServerProcess offering = offering()) {
            Visitor ada = cast.visitor(look);
            Gallery gallery = new Gallery(ada);
            String address = cast.newAddress();
            ada.open(offering.origin() + "/signup").type("email", address);
            ada.type("password", Account.PASSWORD).press("submit").at("/account/second-factor");

            signIn(ada.forgetCookies(), offering, address).at("/account/second-factor");
            gallery.keep("account-offer");
            ada.press("later").at("/account");
            signIn(ada.forgetCookies(), offering, address).at("/account");
            assertThat(gallery.violations()).isEmpty();
        }
    }

    private static Visitor signIn(Visitor visitor, ServerProcess server, String address) {
        return visitor.open(server.origin() + "/login")
                .type("email", address)
                .type("password", Account.PASSWORD)
                .press("submit");
    }

    private static ServerProcess offering() {
        Map<String, String> settings = new HashMap<>(Installed.plain());
        settings.put("LATCHKEY_MFA_OFFERED", "true");
        return new ServerProcess("offering", settings);
    }
}
