package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes the page that a person sees when a page is refused. */
@FunctionalInterface
public interface ErrorPages {
    /**
     * A refusal that a person is to read.
     *
     * @param problem what happened and what to do, already fit to be read by anyone; not yet escaped
     * @param path what was asked for, with its query where it was a page; empty where that is not known
     * @param languages the reader's, best first
     */
    record Refused(Problem problem, String requestId, String path, List<String> languages) {
        public ErrorCode code() {
            return problem.code();
        }
    }

    /** HTML. */
    String page(Refused refused);

    /**
     * Where a person is led who asks for a page for signed-in people and is not, or not recently enough: a path on this server. Empty
     * where the refusal is to be read instead.
     */
    default Optional<String> instead(Refused refused) {
        return Optional.empty();
    }

    /** The best of the languages there are pages in, for a reader who wishes for these, best first. */
    default Locale language(List<String> wished) {
        return wished.isEmpty() ? Locale.ENGLISH : Locale.forLanguageTag(wished.getFirst());
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
                        refused.code().status(),
                        HtmlText.escape(refused.problem().publicMessage()),
                        HtmlText.escape(refused.requestId()));
    }
}
