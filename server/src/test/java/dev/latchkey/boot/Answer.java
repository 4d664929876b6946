package dev.latchkey.boot;

import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.Route;
import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One answer of the server under test. */
public record Answer(int status, String body, HttpHeaders headers, List<String> cookies) {
    /** The whole body. */
    public JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    /** {@code data} of the envelope, or what is at this JSON pointer below it. */
    public JsonNode data(String pointer) {
        return json().at("/data" + pointer);
    }

    public String text(String pointer) {
        return data(pointer).asString();
    }

    /** The texts of an array. */
    public List<String> texts(String pointer) {
        return data(pointer).valueStream().map(JsonNode::asString).toList();
    }

    /** The error's code; empty on success. */
    public String code() {
        return json().at("/error/code").asString("");
    }

    /** Whether it refuses whoever is not signed in: programs by 401, people by leading them to the login page. */
    public boolean asksForLogin(Route route) {
        return route.shape() == ErrorShape.PAGE
                ? status == 303 && header("Location").startsWith("/login?required=1")
                : status == 401;
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The value of a cookie that this answer sets. */
    public String cookie(String name) {
        return cookies.stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(
                        name.length() + 1, cookie.indexOf(';') < 0 ? cookie.length() : cookie.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + " in " + cookies));
    }
}
