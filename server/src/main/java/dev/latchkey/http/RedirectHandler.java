package dev.latchkey.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Supplier;

/** Sends plain HTTP to the same address of the public URL, whatever host the client named. */
final class RedirectHandler implements Handler {
    private final Supplier<String> origin;

    /** @param origin scheme, host and port, without a slash at the end */
    RedirectHandler(Supplier<String> origin) {
        this.origin = origin;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        String path = request.prologue().uriPath().rawPath();
        String query = request.prologue().query().rawValue();
        String target = (path.startsWith("/") ? path : "/") + (query.isEmpty() ? "" : "?" + query);
        response.status(Status.PERMANENT_REDIRECT_308);
        response.header(HeaderNames.LOCATION, origin.get() + target);
        response.header(HeaderNames.CONNECTION, "close");
        response.send();
    }
}
