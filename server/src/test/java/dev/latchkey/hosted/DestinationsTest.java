package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {
    private final Destinations destinations = new Destinations(List.of("https://app.example.com"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/account",
                "/a/b?c=d&e=%2F#f",
                "https://app.example.com",
                "https://app.example.com/home?a=b#c"
            })
    @DisplayName("own paths and listed front ends are destinations, unchanged")
    void good(String wanted) {
        assertThat(destinations.allowed(wanted)).contains(wanted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "account",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/a//evil.example",
                "/./\\evil.example",
                "/..//evil.example",
                "/.//evil.example",
                "/\t/evil.example",
                " /account",
                "/a\r\nLocation: https://evil.example",
                "https://evil.example",
                "https:evil.example",
                "https:/evil.example",
                "https://app.example.com.evil.example/",
                "https://app.example.com@evil.example/",
                "https://user@app.example.com/",
                "https://app.example.com:444/",
                "http://app.example.com/",
                "https://app.example.com\\.evil.example/",
                "javascript:alert(1)",
                "data:text/html,x",
                "?a=b",
                "#x",
                "/%zz",
                "/ü"
            })
    @DisplayName("anything else is none: no open redirect")
    void hostile(String wanted) {
        assertThat(destinations.allowed(wanted)).isEmpty();
    }
}
