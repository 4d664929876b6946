package dev.latchkey.http;

/** Answers one route. Refuses by throwing {@link dev.latchkey.core.Problem}; never writes an error itself. */
@FunctionalInterface
public interface Handler {
    Reply handle(Request request);
}
