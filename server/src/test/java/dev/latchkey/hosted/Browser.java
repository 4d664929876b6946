package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without JavaScript: keeps cookies, names the origin of its forms, sends hidden fields back. */
final class Browser {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private final TestServer server;
    private final String address;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Answer page;

    Browser(TestServer server) {
        this(server, "198.51.100.7");
    }

    Browser(TestServer server, String address) {
        this.server = server;
        this.address = address;
        this.page = open("/");
    }

    /** Types an address. */
    Answer open(String path) {
        return keep(client().get(path));
    }

    /** Sends the form of the open page, with its hidden fields. */
    Answer send(String path, Map<String, String> typed) {
        return post(path, filled(typed));
    }

    /** What a script sends beside the open page, which stays: the form's hidden fields too. */
    Answer ask(String path, Map<String, String> typed) {
        return client().with("Origin", "http://localhost:" + server.port()).form(path, filled(typed));
    }

    private Map<String, String> filled(Map<String, String> typed) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page.body());
        while (hidden.find()) {
            fields.put(hidden.group(1), unescaped(hidden.group(2)));
        }
        fields.putAll(typed);
        return fields;
    }

    /** Posts exactly these fields, from a page of the server itself. */
    Answer post(String path, Map<String, String> fields) {
        return keep(client().with("Origin", "http://localhost:" + server.port()).form(path, fields));
    }

    /** A browser that has just signed in with the usual password. */
    static Browser signedIn(TestServer server, String email) {
        Browser browser = new Browser(server);
        browser.open("/login");
        Answer done = browser.send("/login", Map.of("email", email, "password", Person.PASSWORD));
        assertThat(done.status()).as(done.body()).isEqualTo(303);
        browser.follow();
        return browser;
    }

    /** Goes where the last answer led. */
    Answer follow() {
        assertThat(page.status()).as(page.body()).isEqualTo(303);
        return open(page.header("Location"));
    }

    Answer page() {
        return page;
    }

    /** A cookie's value; empty where it has none. */
    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    boolean has(String cookie) {
        return cookies.containsKey(cookie);
    }

    /** A client with this browser's cookies, for what browsers do not do. */
    ApiClient client() {
        ApiClient plain = server.client().from(address);
        return cookies.isEmpty() ? plain : plain.with("Cookie", cookieHeader());
    }

    boolean signedIn() {
        return client().get("/api/v1/auth/me").status() == 200;
    }

    private String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private Answer keep(Answer answer) {
        for (String cookie : answer.cookies()) {
            String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            if (pair[1].isEmpty() || cookie.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        page = answer;
        return answer;
    }

    private static String unescaped(String html) {
        return html.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
    }
}
