package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import java.util.List;

/** Writes the page that a person sees when a page is refused. */
@FunctionalInterface
public interface ErrorPages {
    /**
     * @param message what happened and what to do, already fit to be read by anyone; not yet escaped
     * @param languages the browser's, best first
     * @return HTML
     */
    String page(ErrorCode code, String message, String requestId, List<String> languages);

    /** Pages without any design, for a server whose pages are not up yet. */
    static ErrorPages plain() {
        return (code, message, requestId, languages) ->
                """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Error %d</title></head>
                <body><main><h1>%s</h1><p>Request id: <code>%s</code></p><p><a href="/">Start again</a></p></main></body>
                </html>
                """.formatted(code.status(), HtmlText.escape(message), HtmlText.escape(requestId));
    }
}
