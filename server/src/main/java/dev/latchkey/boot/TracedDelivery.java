package dev.latchkey.boot;

import dev.latchkey.outbox.Delivery;
import dev.latchkey.outbox.Outcome;
import dev.latchkey.trace.SpanKind;
import dev.latchkey.trace.Tracer;
import java.util.Optional;

/** Gives every message that leaves a trace of its own, for it leaves after the request that caused it was answered. */
record TracedDelivery(Delivery delivery, Tracer tracer, String name) implements Delivery {
    @Override
    public boolean available() {
        return delivery.available();
    }

    @Override
    public Outcome deliver(String id, byte[] payload) {
        var span = tracer.begin(name, SpanKind.CLIENT, Optional.empty());
        return span.around(() -> {
            Outcome outcome = delivery.deliver(id, payload);
            switch (outcome) {
                case Outcome.Delivered done -> span.attribute("latchkey.outcome", "delivered");
                case Outcome.Failed later -> span.failed("failed");
                case Outcome.Refused never -> span.failed("refused");
            }
            return outcome;
        });
    }
}
