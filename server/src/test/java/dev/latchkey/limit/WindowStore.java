package dev.latchkey.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Windows in memory, for tests. */
public final class WindowStore implements Windows {
    private final Map<String, Window> windows = new ConcurrentHashMap<>();
    private final Clock clock;

    public WindowStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Window increment(String kind, String key, Duration window) {
        return windows.merge(
                kind + key,
                new Window(1, clock.instant().plus(window)),
                (old, fresh) ->
                        old.endsAt().isAfter(clock.instant()) ? new Window(old.calls() + 1, old.endsAt()) : fresh);
    }

    @Override
    public void decrement(String kind, String key) {
        windows.computeIfPresent(kind + key, (name, old) -> new Window(old.calls() - 1, old.endsAt()));
    }
}
