package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresTargetTest {
    @ParameterizedTest
    @CsvSource({
        "postgres://u@h:5432/d, postgres://u:p%40%20s@h:5432/d, postgres://u@h:5432/d",
        "postgres://u:x@h/d, postgres://u:x@h/d, postgres://u@h/d",
        "jdbc:postgresql://h/d?user=u, jdbc:postgresql://h/d?user=u&password=p%40%20s, jdbc:postgresql://h/d?user=u",
        "jdbc:postgresql://h/d, jdbc:postgresql://h/d?password=p%40%20s, jdbc:postgresql://h/d",
        "jdbc:postgresql://h/d?user=u&password=x, jdbc:postgresql://h/d?user=u&password=x, jdbc:postgresql://h/d?user=u&password=…",
    })
    @DisplayName("a password is added where there is none, and never shown")
    void password(String typed, String complete, String shown) {
        PostgresTarget target = PostgresTarget.of(typed);
        assertThat(target.with(Optional.of("p@ s"))).isEqualTo(complete);
        assertThat(target.with(Optional.empty())).isEqualTo(typed);
        assertThat(target.shown()).isEqualTo(shown).isEqualTo(target.toString());
        assertThat(target.holdsPassword()).isEqualTo(complete.contains("x"));
    }

    @Test
    @DisplayName("anything else is refused")
    void others() {
        assertThatThrownBy(() -> PostgresTarget.of("mysql://u@h/d")).isInstanceOf(Refusal.class);
    }
}
