package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BusyLogTest {
    @Test
    @DisplayName("an overload is one line, not one for each refusal")
    void once() {
        List<String> lines = new ArrayList<>();
        BusyLog log = new BusyLog(new Lines(lines));
        for (int i = 0; i < 500; i++) {
            int number = i;
            log.tell(() -> "request " + number);
        }
        assertThat(lines).hasSizeBetween(1, 3).first().isEqualTo("request 0");
    }

    private record Lines(List<String> lines) implements System.Logger {
        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
            lines.add(message);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... parameters) {
            lines.add(format);
        }
    }
}
