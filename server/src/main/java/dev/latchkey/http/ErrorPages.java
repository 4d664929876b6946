package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes the page that a person sees when a page is refused. */
@FunctionalInterface
public interface ErrorPages {
    /**
     * A refusal that a person is to read.
     *
     * @param message what happened and what to do, already fit to be read by anyone; not yet escaped
     * @param retryAfter after which it is worth trying again
     * @param path what was asked for, with its query where it was a page; empty where that is not known
     * @param languages the browser's, best first
     */
    record Refused(
            ErrorCode code,
            String message,
            Optional<Duration> retryAfter,
            String requestId,
            String path,
            List<String> languages) {}

    /** HTML. */
    String page(Refused refused);

    /**
     * Where a person is led who asks for a page for signed-in people and is not, or not recently enough: a path on this server. Empty
     * where the refusal is to be read instead.
     */
    default Optional<String> instead(Refused refused) {
        return Optional.empty();
    }

    /** Pages without any design, for a server whose pages are not up yet. */
    static ErrorPages plain() {
        return refused -> """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Error %d</title></head>
                <body><main><h1>%s</h1><p>Request id: <code>%s</code></p><p><a href="/">Start again</a></p></main></body>
                </html>
                """.formatted(
                refused.code().status(), HtmlText.escape(refused.message()), HtmlText.escape(refused.requestId()));
    }
}
