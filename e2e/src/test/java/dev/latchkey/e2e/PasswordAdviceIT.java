package dev.latchkey.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.latchkey.e2e.WorldExtension.Cast;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever chooses a password is told what it lacks, while typing and after sending. */
@ExtendWith(WorldExtension.class)
class PasswordAdviceIT {
    private static final String ROW = "qwertyuiop[]";

    @Test
    @DisplayName(
            "S1-37 S4-06 the meter says what a password lacks, to readers of screens too, and the form says the same")
    void whileTyping(Cast cast) {
        Visitor browser = cast.visitor(Look.DESKTOP);
        browser.open("/signup").type("email", cast.newAddress()).type("password", ROW);
        says(browser, "This password is too easy to guess. Neighbouring keys are guessed quickly.");
        assertThat(browser.page().locator("meter").getAttribute("data-score")).isIn("0", "1");
        browser.type("password", Account.PASSWORD);
        says(browser, "Strong");
        browser.type("password", ROW).press("submit").sees("Neighbouring keys are guessed quickly.");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @DisplayName("S4-06 the meter speaks the reader's language")
    void inTheirLanguage(Cast cast) {
        Visitor browser = cast.visitor(Look.DESKTOP.inLanguage("de"));
        browser.open("/signup").type("password", "abcdefghijkl");
        says(browser, "Reihen wie abc oder 4321 sind schnell erraten.");
    }

    @Test
    @DisplayName("S4-06 without the server the meter goes by its own estimate")
    void aloneAtHome(Cast cast) {
        Visitor browser = cast.visitor(Look.DESKTOP);
        browser.page().route("**/password/strength", route -> route.abort());
        browser.open("/signup").type("password", "abcdefghijkl");
        says(browser, "Very easy to guess");
    }

    private static void says(Visitor browser, String text) {
        PlaywrightAssertions.assertThat(browser.page().locator(".password [role=status]"))
                .containsText(text);
    }
}
