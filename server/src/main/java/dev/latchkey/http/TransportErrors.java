package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.crypto.DistinctIds;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Answers what is refused before it becomes a request: a broken line, headers or a body that are too large. */
final class TransportErrors implements DirectHandler {
    private static final String OLD_HTTP =
            "HTTP/1.0 is not spoken here. Use HTTP/1.1; a proxy may have to be told so, such as nginx by"
                    + " proxy_http_version 1.1.";

    private final RouteTable routes;
    private final ErrorMapper errors;
    private final SecurityHeaders security;
    private final DistinctIds ids;

    TransportErrors(RouteTable routes, ErrorMapper errors, SecurityHeaders security, DistinctIds ids) {
        this.routes = routes;
        this.errors = errors;
        this.security = security;
        this.ids = ids;
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        String id = ids.uuid();
        Problem problem = type == EventType.HTTP_VERSION_NOT_SUPPORTED
                ? Problem.of(ErrorCode.INVALID_REQUEST).message(OLD_HTTP)
                : ErrorMapper.ofStatus(status.code());
        Reply reply = errors.reply(problem, routes.shapeAt(path(request)), id, List.of());
        TransportResponse.Builder answer = TransportResponse.builder()
                .status(Status.create(reply.status()))
                .keepAlive(false)
                .header(HeaderNames.create("X-Request-Id"), id);
        for (Header header : security.always()) {
            answer.header(header);
        }
        for (Header header : security.uncached()) {
            answer.header(header);
        }
        return switch (reply.body()) {
            case Reply.Body.Bytes bytes ->
                answer.header(HeaderNames.CONTENT_TYPE, bytes.contentType())
                        .entity(bytes.content())
                        .build();
            case Reply.Body.Page page ->
                answer.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                        .entity(page.html().getBytes(StandardCharsets.UTF_8))
                        .build();
            case Reply.Body.Empty empty -> answer.build();
            case Reply.Body.Refusal refusal -> throw unexpected(refusal);
            case Reply.Body.Data data -> throw unexpected(data);
            case Reply.Body.Listing listing -> throw unexpected(listing);
            case Reply.Body.Json value -> throw unexpected(value);
            case Reply.Body.File file -> throw unexpected(file);
        };
    }

    private static String path(TransportRequest request) {
        // Over HTTP/2 there may be none (as of Helidon 4.5.0).
        String requestTarget = Objects.requireNonNullElse(request.path(), "");
        int query = requestTarget.indexOf('?');
        return query < 0 ? requestTarget : requestTarget.substring(0, query);
    }

    private static IllegalStateException unexpected(Reply.Body body) {
        return new IllegalStateException(
                "an error is bytes or a page, not " + body.getClass().getSimpleName());
    }
}
