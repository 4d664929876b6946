package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WorldExtension.class)
class SignUpIT {
    private static final String PASSWORD = "plum velvet harbour 41";

    @Test
    @DisplayName("S4-06 a person signs up, is signed in, and confirms the address by the mail")
    void confirms(Cast cast) {
        Visitor ada = cast.visitor(Look.DESKTOP);
        String address = cast.newAddress();
        ada.open("/signup").type("email", address).type("password", PASSWORD).press("submit");
        ada.page().waitForLoadState();
        assertThat(ada.signedIn()).isTrue();
        ada.open(cast.mails().link(address, "/verify-email")).press("submit");
        ada.seesTitle("Your address is confirmed");
        assertThat(ada.complaints()).isEmpty();
    }
}
