package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.e2e.WorldExtension.Cast;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WorldExtension.class)
class MenuIT {
    private static final int PHONE = 375;
    private static final String LINES =
            "() => new Set([...document.querySelectorAll('#account-menu li')].map(place => place.offsetTop)).size";

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "es", "fr", "ja", "ar"})
    @DisplayName("S4-06 the places of the account stand in one line on a phone, whatever the language")
    void oneLine(String language, Cast cast) {
        Visitor browser = cast.visitor(Look.DESKTOP.inLanguage(language));
        Account.signedUp(browser, cast.newAddress());
        browser.page().setViewportSize(PHONE, 800);
        assertThat(browser.page().evaluate(LINES)).isEqualTo(1);
        assertThat(browser.page().locator("#sign-out button").isVisible()).isTrue();
    }
}
