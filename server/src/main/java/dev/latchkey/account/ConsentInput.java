package dev.latchkey.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Optional;

/** A decision as a request sends it: {@code true}, or {@code {"granted":true,"version":"2026-01"}}. */
public record ConsentInput(boolean granted, Optional<String> version) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ConsentInput of(boolean granted) {
        return new ConsentInput(granted, Optional.empty());
    }

    @JsonCreator
    public ConsentInput {}
}
