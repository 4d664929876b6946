package dev.latchkey.http;

import dev.latchkey.core.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a handler answers. Immutable; the {@code with} methods copy.
 *
 * @param status the HTTP status
 * @param cookies to set
 * @param headers to add, as name and value in turn
 */
public record Reply(int status, Body body, List<Cookie> cookies, List<Header> headers) {
    /** The kinds of body that the edge knows how to write. */
    public sealed interface Body {
        /** Nothing. */
        record Empty() implements Body {}

        /** {@code data} of the native envelope. */
        record Data(Object value) implements Body {}

        /** {@code data} of the native envelope with its {@code pagination}. */
        record Listing(List<?> items, Pagination pagination) implements Body {}

        /** JSON that has its own standard shape, without an envelope. */
        record Json(Object value) implements Body {}

        /** An HTML page. */
        record Page(String html) implements Body {}

        /** The form once more, with what was wrong; counts as the refusal it shows. */
        record Refusal(Problem problem, String html) implements Body {}

        /** Bytes with their media type. */
        record Bytes(String contentType, byte[] content) implements Body {}

        /** A file that is the same for everyone: compressed, cached by clients, revalidated by ETag. */
        record File(Asset asset) implements Body {}
    }

    /** One response header. */
    public record Header(String name, String value) {}

    public Reply {
        cookies = List.copyOf(cookies);
        headers = List.copyOf(headers);
    }

    public static Reply ok(Object data) {
        return new Reply(200, new Body.Data(data), List.of(), List.of());
    }

    public static Reply created(Object data) {
        return new Reply(201, new Body.Data(data), List.of(), List.of());
    }

    public static Reply accepted(Object data) {
        return new Reply(202, new Body.Data(data), List.of(), List.of());
    }

    public static Reply list(List<?> items, Pagination pagination) {
        return new Reply(200, new Body.Listing(items, pagination), List.of(), List.of());
    }

    public static Reply noContent() {
        return new Reply(204, new Body.Empty(), List.of(), List.of());
    }

    public static Reply json(Object value) {
        return new Reply(200, new Body.Json(value), List.of(), List.of());
    }

    public static Reply page(int status, String html) {
        return new Reply(status, new Body.Page(html), List.of(), List.of());
    }

    /** A refusal told in the form that it is about, under its status. */
    public static Reply refusal(Problem problem, String html) {
        Reply reply = new Reply(problem.code().status(), new Body.Refusal(problem, html), List.of(), List.of());
        Duration wait = problem.retryAfter().orElse(Duration.ZERO);
        return wait.isZero() ? reply : reply.withHeader("Retry-After", Long.toString(ErrorMapper.wholeSeconds(wait)));
    }

    public static Reply bytes(String contentType, byte[] content) {
        return new Reply(200, new Body.Bytes(contentType, content), List.of(), List.of());
    }

    /** JSON for a person to keep as a file. */
    public static Reply download(String fileName, Object value) {
        return json(value).withHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
    }

    public static Reply asset(Asset asset) {
        return new Reply(200, new Body.File(asset), List.of(), List.of());
    }

    /** Always 303: a 307 would repeat the form, credentials and all, at the next place (RFC 9700 section 4.12). */
    public static Reply seeOther(String location) {
        return new Reply(303, new Body.Empty(), List.of(), List.of(new Header("Location", location)));
    }

    public Reply withStatus(int other) {
        return new Reply(other, body, cookies, headers);
    }

    public Reply with(Cookie cookie) {
        List<Cookie> all = new ArrayList<>(cookies);
        all.add(cookie);
        return new Reply(status, body, all, headers);
    }

    public Reply withHeader(String name, String value) {
        List<Header> all = new ArrayList<>(headers);
        all.add(new Header(name, value));
        return new Reply(status, body, cookies, all);
    }
}
