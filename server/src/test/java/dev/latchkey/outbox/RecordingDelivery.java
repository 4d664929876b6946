package dev.latchkey.outbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Takes what a test tells it to take, and remembers every try. */
final class RecordingDelivery implements Delivery {
    private final List<String> tries = new CopyOnWriteArrayList<>();
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private volatile Supplier<Outcome> outcome = Outcome.Delivered::new;
    private volatile boolean available = true;

    void answers(Supplier<Outcome> next) {
        outcome = next;
    }

    void available(boolean is) {
        available = is;
    }

    /** The payload of each try, in order. */
    List<String> tries() {
        return new ArrayList<>(tries);
    }

    List<String> ids() {
        return new ArrayList<>(ids);
    }

    @Override
    public boolean available() {
        return available;
    }

    @Override
    public Outcome deliver(String id, byte[] payload) {
        tries.add(new String(payload, StandardCharsets.UTF_8));
        ids.add(id);
        return outcome.get();
    }
}
