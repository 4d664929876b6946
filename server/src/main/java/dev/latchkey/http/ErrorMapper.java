package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Writes every refusal and failure, in the shape of the route's mount. What is not a {@link Problem} tells its caller nothing. */
final class ErrorMapper {
    private static final String JSON = "application/json";
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Json json;
    private final Envelope envelope;
    private final ErrorPages pages;
    private final System.Logger log = System.getLogger("dev.latchkey.http");
    private final BusyLog busy = new BusyLog(log);

    ErrorMapper(Json json, Envelope envelope, ErrorPages pages) {
        this.json = json;
        this.envelope = envelope;
        this.pages = pages;
    }

    /** The refusal that a failure amounts to; an unexpected one is logged here, once. */
    Problem problem(Throwable failure, String requestId) {
        if (failure instanceof Problem problem) {
            logInternal(problem, requestId);
            return problem;
        }
        if (failure instanceof RequestException refused) {
            return ofStatus(refused.status().code());
        }
        if (failure instanceof HttpException refused) {
            return ofStatus(refused.status().code());
        }
        if (isBusy(failure)) {
            busy.tell(() -> "request " + requestId + " found something busy: " + failure);
            return Problem.of(ErrorCode.SERVICE_UNAVAILABLE).retryAfter(RETRY);
        }
        log.log(System.Logger.Level.ERROR, "request " + requestId + " failed", failure);
        return Problem.of(ErrorCode.SERVER_ERROR);
    }

    Reply reply(Problem problem, ErrorShape shape, String requestId, List<String> languages) {
        return reply(problem, shape, refused(problem, requestId, "", languages));
    }

    ErrorPages.Refused refused(Problem problem, String requestId, String path, List<String> languages) {
        return new ErrorPages.Refused(problem, requestId, path, languages);
    }

    /** Where a person is led rather than told, if anywhere. */
    Optional<Reply> instead(ErrorPages.Refused refused) {
        return pages.instead(refused).map(Reply::seeOther);
    }

    Reply reply(Problem problem, ErrorShape shape, ErrorPages.Refused refused) {
        String requestId = refused.requestId();
        Reply.Body body = switch (shape) {
            case NATIVE -> bytes(JSON, json.write(envelope.failure(problem, requestId)));
            case OAUTH -> bytes(JSON, json.write(oauth(problem)));
            case PAGE -> new Reply.Body.Page(pages.page(refused));
            case PLAIN ->
                bytes("text/plain; charset=utf-8", (problem.publicMessage() + "\n").getBytes(StandardCharsets.UTF_8));
        };
        Reply reply = new Reply(problem.code().status(), body, List.of(), List.of());
        Duration wait = problem.retryAfter().orElse(Duration.ZERO);
        if (!wait.isZero()) {
            reply = reply.withHeader("Retry-After", Long.toString(wholeSeconds(wait)));
        }
        boolean challenge = problem.code().status() == 401 && (shape == ErrorShape.NATIVE || shape == ErrorShape.OAUTH);
        return challenge ? reply.withHeader("WWW-Authenticate", challenge(problem.code())) : reply;
    }

    /** Rounded up, so that nobody who waits as told comes too early. */
    static long wholeSeconds(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }

    static Problem ofStatus(int status) {
        return Problem.of(
                switch (status) {
                    case 404 -> ErrorCode.NOT_FOUND;
                    case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
                    case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
                    case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
                    case 503 -> ErrorCode.SERVICE_UNAVAILABLE;
                    default -> status >= 500 ? ErrorCode.SERVER_ERROR : ErrorCode.INVALID_REQUEST;
                });
    }

    private void logInternal(Problem problem, String requestId) {
        if (problem.internal().isEmpty()) {
            return;
        }
        Supplier<String> line = () -> "request " + requestId + ": " + problem.code() + ", " + problem.internal();
        if (problem.code() == ErrorCode.SERVICE_UNAVAILABLE) {
            busy.tell(line);
        } else {
            boolean ours = problem.code().status() >= 500;
            log.log(ours ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG, line);
        }
    }

    /** A queue was full or a wait too long, wherever in the chain that shows. */
    private static boolean isBusy(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (cause instanceof TimeoutException
                    || cause instanceof RejectedExecutionException
                    || cause instanceof SQLTransientException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** RFC 6750 section 3.1: a caller that sent no credential is told how, and nothing more. */
    private static String challenge(ErrorCode code) {
        return switch (code) {
            case TOKEN_EXPIRED, TOKEN_REVOKED, INVALID_TOKEN, INVALID_TOKEN_TYPE, INVALID_SIGNATURE ->
                "Bearer realm=\"latchkey\", error=\"invalid_token\"";
            default -> "Bearer realm=\"latchkey\"";
        };
    }

    /** RFC 6749 section 5.2 and RFC 6750 section 3.1 name the codes. */
    private static Map<String, Object> oauth(Problem problem) {
        String code = switch (problem.code().status()) {
            case 401 -> "invalid_token";
            case 403 -> "access_denied";
            case 429, 503 -> "temporarily_unavailable";
            case 500 -> "server_error";
            default -> "invalid_request";
        };
        return Ordered.map("error", code, "error_description", problem.publicMessage());
    }

    private static Reply.Body bytes(String type, byte[] content) {
        return new Reply.Body.Bytes(type, content);
    }
}
