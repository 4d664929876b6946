package dev.latchkey.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventTypeTest {
    @Test
    @DisplayName("S4-12 the catalogue of events is the golden one: a name, once given, stays")
    void golden() throws IOException {
        String catalogue = Stream.of(EventType.values())
                .map(type -> String.join(
                        " | ",
                        type.eventName(),
                        type.action(),
                        type.owaspName().isEmpty() ? "-" : type.owaspName(),
                        type.outcome().text(),
                        type.raisesConsequences() ? "consequences" : "-"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(catalogue).isEqualTo(goldenFile());
    }

    @Test
    @DisplayName("names are dotted and versioned, and no two types share one")
    void names() {
        Set<String> names = Stream.of(EventType.values())
                .map(EventType::eventName)
                .peek(name -> assertThat(name).matches("[a-z]+(\\.[a-z-]+)+\\.v[1-9]"))
                .collect(Collectors.toSet());
        assertThat(names).hasSize(EventType.values().length);
        assertThat(EventType.of("login.failed.v1")).contains(EventType.LOGIN_FAILED);
        assertThat(EventType.of("login.failed.v99")).isEmpty();
    }

    @Test
    @DisplayName("S4-12 the actions the documents ask for are there")
    void documentedActions() {
        assertThat(Stream.of(EventType.values()).map(EventType::action))
                .contains(
                        "REGISTER",
                        "LOGIN",
                        "LOGOUT",
                        "PROFILE_UPDATE",
                        "PASSWORD_CHANGE",
                        "ACCOUNT_LOCKED",
                        "ACCOUNT_UNLOCKED");
    }

    private static String goldenFile() throws IOException {
        try (InputStream in = EventTypeTest.class.getResourceAsStream("/golden/audit-events.txt")) {
            assertThat(in).as("golden/audit-events.txt").isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
