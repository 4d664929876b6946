package dev.latchkey.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Latchkey beside the library better-auth in Node, both on SQLite: who one is, by a session, and logins. */
final class BetterAuthBench implements Bench.Benchmark {
    private static final String VERSION = "1.7.7";
    private static final String SQLITE_VERSION = "12.11.1";
    private static final int PORT = 19022;
    private static final int USERS = 10_000;
    /** Those who log in are others: a sixth login ends the session that a token is of. */
    private static final int WITH_TOKENS = 5_000;

    private static final int PEOPLE = 16;

    @Override
    public void run(Place place, Report report) throws Exception {
        Path folder = installed(place);
        Dataset dataset = Dataset.sqliteForLogins(place, USERS);
        Files.deleteIfExists(folder.resolve("bench.db"));
        try (Tokens tokens = new Tokens(dataset);
                Running server = Latchkey.start(place, dataset);
                Running peer = start(place, folder)) {
            Path warm = tokens.write(place.out().resolve("tokens-warm"), WITH_TOKENS, WITH_TOKENS);
            Wrk me = new Wrk(place.script("requests.lua"), server.url("/api/v1/auth/me")).with("TOKENS", warm);
            Path cookies = Files.write(place.out().resolve("better-auth-cookies"), signUps());
            Wrk session = new Wrk(place.script("requests.lua"), peer.url("/api/auth/get-session"))
                    .with("COOKIES", cookies);
            Path bodies = Files.write(place.out().resolve("better-auth-logins"), logins());
            Wrk signIn = new Wrk(place.script("requests.lua"), peer.url("/api/auth/sign-in/email"))
                    .with("BODIES", bodies)
                    .with("ORIGIN", peer.url(""))
                    .with("SHOW", 1)
                    .connections(PEOPLE);
            Wrk login = LoginBench.load(place, server).connections(PEOPLE);
            compare(place, report, "GET me / get-session", me, session);
            compare(place, report, "POST login (Argon2id) / sign-in (scrypt)", login, signIn);
            report.add(Figure.reported(
                    "resident memory after it", server.residentMib(), "MiB", "better-auth", peer.residentMib()));
        }
    }

    private static void compare(Place place, Report report, String name, Wrk ours, Wrk theirs) throws Exception {
        Duel.warmUp(place, ours, theirs);
        Median[] rates = Duel.run(place, ours, theirs);
        report.add(Figure.reported(name, rates[0].get(), "/s", "better-auth", rates[1].get()));
    }

    private static Path installed(Place place) throws Exception {
        Path folder = Files.createDirectories(place.out().resolve("peers/better-auth"));
        Files.copy(
                place.script("better-auth.mjs"), folder.resolve("server.mjs"), StandardCopyOption.REPLACE_EXISTING);
        if (!Files.exists(folder.resolve("installed"))) {
            Report.say("fetching better-auth " + VERSION + " (once)");
            Files.writeString(folder.resolve("package.json"), "{ \"private\": true, \"type\": \"module\" }\n");
            Commands.run(folder, Map.of(), "npm", "install", "--no-audit", "--no-fund",
                    "better-auth@" + VERSION, "better-sqlite3@" + SQLITE_VERSION);
            Files.writeString(folder.resolve("installed"), "");
        }
        return folder;
    }

    private static Running start(Place place, Path folder) throws IOException, InterruptedException {
        return Running.start(
                List.of("node", folder.resolve("server.mjs").toString()),
                Map.of("PORT", Integer.toString(PORT), "DATABASE", folder.resolve("bench.db").toString(),
                        "NODE_ENV", "production"),
                PORT,
                "/",
                place.out().resolve("better-auth.log"));
    }

    private static List<String> logins() {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            bodies.add("{\"email\":\"person" + i + "@example.com\",\"password\":\"" + People.PASSWORD + "\"}");
        }
        return bodies;
    }

    /** Signs everybody up; answers the cookies of their sessions. */
    private static List<String> signUps() throws IOException, InterruptedException {
        List<String> cookies = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < PEOPLE; i++) {
                String body = "{\"name\":\"Person\",\"email\":\"person" + i + "@example.com\",\"password\":\""
                        + People.PASSWORD + "\"}";
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + PORT + "/api/auth/sign-up/email"))
                        .header("Content-Type", "application/json")
                        .header("Origin", "http://127.0.0.1:" + PORT)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                String cookie = answer.headers()
                        .firstValue("set-cookie")
                        .orElseThrow(() -> new IOException("better-auth answered " + answer.body()));
                cookies.add(cookie.replaceFirst(";.*", ""));
            }
        }
        return cookies;
    }
}
