package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The script that the page ships solves the check, and the server takes its answer. */
@ExtendWith(WorldExtension.class)
class HumanCheckIT {
    private static final String SOLVED = "() => document.querySelector('[name=humanCheck]')?.value.includes('~')";

    @Test
    @DisplayName("S3-18 after three wrong passwords the page solves the check, and the right password signs in")
    void solved(Cast cast) {
        try (ServerProcess checking = checking()) {
            Visitor visitor = cast.visitor(Look.DESKTOP);
            String address = cast.newAddress();
            visitor.open(checking.origin() + "/signup").type("email", address);
            visitor.type("password", Account.PASSWORD).press("submit").at("/account");
            // A browser that completed a login is not asked.
            visitor.forgetCookies();
            for (int i = 0; i < 3; i++) {
                login(visitor, checking, address, "not the password");
                assertThat(visitor.has("human-check")).as("asked after " + i).isFalse();
            }
            login(visitor, checking, address, Account.PASSWORD);
            visitor.page().waitForFunction(SOLVED);

            visitor.type("password", Account.PASSWORD).press("submit").at("/account");

            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static void login(Visitor visitor, ServerProcess checking, String address, String password) {
        visitor.open(checking.origin() + "/login").type("email", address);
        visitor.type("password", password);
        visitor.press("submit").page().locator("#errors, #human-check").first().waitFor();
    }

    private static ServerProcess checking() {
        Map<String, String> settings = new HashMap<>(Installed.plain());
        settings.put("LATCHKEY_HUMAN_CHECK_ENABLED", "true");
        // Whoever only waits is not let in.
        settings.put("LATCHKEY_HUMAN_CHECK_WAIT", "0s");
        return new ServerProcess("human-check", settings);
    }
}
