package dev.latchkey.bench;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import java.nio.charset.StandardCharsets;

/** The peer: the web server that Latchkey is built on, out of the same jar, answering a small constant. Arguments: the port. */
final class BareHelidon {
    private BareHelidon() {}

    public static void main(String[] arguments) {
        byte[] answer = "{\"success\":true,\"data\":{\"status\":\"up\"}}".getBytes(StandardCharsets.UTF_8);
        var json = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .routing(routing -> routing.get("/", (request, response) -> {
                    response.header(json);
                    response.send(answer);
                }))
                .build()
                .start();
    }
}
