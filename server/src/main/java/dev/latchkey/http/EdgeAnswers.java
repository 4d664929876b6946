package dev.latchkey.http;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** Sends what came out of a request: a reply, or the refusal that a failure amounts to. */
final class EdgeAnswers {
    private final ReplyWriter writer;
    private final ErrorMapper errors;

    EdgeAnswers(ReplyWriter writer, ErrorMapper errors) {
        this.writer = writer;
        this.errors = errors;
    }

    /** @return the status that went out */
    int send(Reply reply, RouteTable.Match match, HttpExchange exchange, ServerResponse response) {
        ErrorShape shape = shape(match);
        Reply kept = shape == ErrorShape.PAGE
                ? exchange.languageChosen().map(reply::with).orElse(reply)
                : reply;
        return writer.send(kept, writer.render(kept, exchange), shape, exchange, response);
    }

    int refuse(Throwable failure, RouteTable.Match match, HttpExchange exchange, ServerResponse response) {
        Problem problem = errors.problem(failure, exchange.requestId());
        ErrorPages.Refused refused = errors.refused(
                problem, exchange.requestId(), comingBack(problem, match, exchange), exchange.languages());
        Optional<Reply> instead = isForPeople(match) ? errors.instead(refused) : Optional.empty();
        if (instead.isPresent()) {
            return send(instead.get(), match, exchange, response);
        }
        Reply reply = errors.reply(problem, shape(match), refused);
        if (match instanceof RouteTable.Match.WrongMethod wrong && problem.code() == ErrorCode.METHOD_NOT_ALLOWED) {
            reply = reply.withHeader("Allow", String.join(", ", wrong.allowed()));
        }
        return send(reply, match, exchange, response);
    }

    /** Where a person goes on after proving who they are. */
    private String comingBack(Problem problem, RouteTable.Match match, HttpExchange exchange) {
        if (problem.code() == ErrorCode.REAUTHENTICATION_REQUIRED && match instanceof RouteTable.Match.Found found) {
            try {
                return found.route()
                        .comingBack()
                        .map(place -> place.apply(exchange))
                        .orElseGet(exchange::target);
            } catch (RuntimeException failure) {
                // It is a convenience: without it they begin the form anew.
                errors.problem(failure, exchange.requestId());
            }
        }
        return exchange.target();
    }

    /** Whether it is a page that only some may see: who may not is led to where that can be mended. */
    private static boolean isForPeople(RouteTable.Match match) {
        return match instanceof RouteTable.Match.Found found
                && found.route().shape() == ErrorShape.PAGE
                && switch (found.route().access()) {
                    case Access.Public ignored -> false;
                    case Access.Development ignored -> false;
                    case Access.SignedIn ignored -> true;
                    case Access.Recent ignored -> true;
                    case Access.Role ignored -> true;
                };
    }

    private static ErrorShape shape(RouteTable.Match match) {
        return switch (match) {
            case RouteTable.Match.Found found -> found.route().shape();
            case RouteTable.Match.WrongMethod wrong -> wrong.shape();
            case RouteTable.Match.Nothing nothing -> nothing.shape();
        };
    }
}
