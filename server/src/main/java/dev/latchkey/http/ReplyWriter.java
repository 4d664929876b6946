package dev.latchkey.http;

import dev.latchkey.limit.LimitDecision;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** Writes a {@link Reply} to the socket, with the headers that every answer has. */
final class ReplyWriter {
    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
    private static final HeaderName LIMIT = HeaderNames.create("RateLimit-Limit");
    private static final HeaderName REMAINING = HeaderNames.create("RateLimit-Remaining");
    private static final HeaderName RESET = HeaderNames.create("RateLimit-Reset");
    private static final Header CLOSE = HeaderValues.createCached("Connection", "close");
    private static final int NOT_MODIFIED = 304;
    private static final int PAYLOAD_TOO_LARGE = 413;

    /** What a body becomes. */
    record Content(String type, byte[] bytes) {
        static final Content NONE = new Content("", new byte[0]);
    }

    private final Json json;
    private final Envelope envelope;
    private final SecurityHeaders security;
    private final Cors cors;
    private final CookieNames cookies;

    ReplyWriter(Json json, Envelope envelope, SecurityHeaders security, Cors cors, CookieNames cookies) {
        this.json = json;
        this.envelope = envelope;
        this.security = security;
        this.cors = cors;
        this.cookies = cookies;
    }

    /** The bytes of an answer; whatever cannot be written fails here, while an error can still be sent instead. */
    Content render(Reply reply, HttpExchange exchange) {
        String id = exchange.requestId();
        return switch (reply.body()) {
            case Reply.Body.Empty empty -> Content.NONE;
            case Reply.Body.Data data -> ofJson(envelope.success(data.value(), id));
            case Reply.Body.Listing list -> ofJson(envelope.listing(list.items(), list.pagination(), id));
            case Reply.Body.Json bare -> ofJson(bare.value());
            case Reply.Body.Page page -> ofHtml(page.html());
            case Reply.Body.Refusal refusal -> ofHtml(refusal.html());
            case Reply.Body.Bytes bytes -> new Content(bytes.contentType(), bytes.content());
            case Reply.Body.File file -> fileContent(file.asset(), exchange);
        };
    }

    private static Content ofHtml(String html) {
        return new Content("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends and answers the status that went out. */
    int send(Reply reply, Content content, ErrorShape shape, HttpExchange exchange, ServerResponse response) {
        ServerResponseHeaders headers = response.headers();
        security.always().forEach(headers::set);
        cors.headers(exchange, shape).forEach(headers::set);
        headers.set(REQUEST_ID, exchange.requestId());
        exchange.limits().tightest().ifPresent(decision -> writeLimit(headers, decision));
        int status = reply.body() instanceof Reply.Body.File file
                ? writeFileHeaders(headers, file.asset(), exchange, reply.status())
                : reply.status();
        for (Reply.Header header : reply.headers()) {
            headers.set(HeaderNames.create(header.name()), checked(header.value()));
        }
        if (!headers.contains(HeaderNames.CACHE_CONTROL)) {
            security.uncached().forEach(headers::set);
        }
        writeCookies(headers, reply, exchange);
        if (status == PAYLOAD_TOO_LARGE && exchange.isHttp1()) {
            headers.set(CLOSE);
        }
        response.status(Status.create(status));
        sendBody(content, status, exchange, response);
        return status;
    }

    private static void sendBody(Content content, int status, HttpExchange exchange, ServerResponse response) {
        if (status == NOT_MODIFIED || content.type().isEmpty()) {
            response.send();
            return;
        }
        response.headers().set(HeaderNames.CONTENT_TYPE, content.type());
        if (exchange.methodName().equals("HEAD")) {
            response.headers().set(HeaderNames.CONTENT_LENGTH, Integer.toString(content.bytes().length));
            response.send();
        } else {
            response.send(content.bytes());
        }
    }

    private static int writeFileHeaders(ServerResponseHeaders headers, Asset asset, HttpExchange exchange, int status) {
        headers.set(HeaderNames.ETAG, asset.entityTag());
        headers.set(HeaderNames.CACHE_CONTROL, "public, max-age=300");
        headers.set(HeaderNames.VARY, "Origin, Accept-Encoding");
        if (exchange.header("If-None-Match").orElse("").contains(asset.entityTag())) {
            return NOT_MODIFIED;
        }
        if (takesGzip(exchange)) {
            headers.set(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        return status;
    }

    private void writeCookies(ServerResponseHeaders headers, Reply reply, HttpExchange exchange) {
        boolean setsSession = false;
        for (Cookie cookie : reply.cookies()) {
            headers.add(HeaderValues.create(HeaderNames.SET_COOKIE, cookies.write(cookie)));
            setsSession |= cookie.name().equals(Cookie.SESSION);
        }
        if (exchange.hasStaleSessionCookie() && !setsSession) {
            headers.add(HeaderValues.create(HeaderNames.SET_COOKIE, cookies.write(Cookie.remove(Cookie.SESSION))));
        }
    }

    private static void writeLimit(ServerResponseHeaders headers, LimitDecision decision) {
        headers.set(LIMIT, Integer.toString(decision.limit()));
        headers.set(REMAINING, Integer.toString(decision.remaining()));
        headers.set(RESET, Long.toString(ErrorMapper.wholeSeconds(decision.reset())));
    }

    private static Content fileContent(Asset asset, HttpExchange exchange) {
        return new Content(asset.contentType(), takesGzip(exchange) ? asset.gzip() : asset.plain());
    }

    private static boolean takesGzip(HttpExchange exchange) {
        return exchange.header("Accept-Encoding").orElse("").contains("gzip");
    }

    private static String checked(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) == 127) {
                throw new IllegalArgumentException("a header value holds a control character");
            }
        }
        return value;
    }

    private Content ofJson(Object value) {
        return new Content("application/json", json.write(value));
    }
}
