package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Latchkey beside Keycloak, both over the same PostgreSQL: start, memory, who one is, refreshes, logins. */
final class KeycloakBench implements Bench.Benchmark {
    private static final int USERS = 10_000;
    /** Those who log in are others: a sixth login ends the session that a token is of. */
    private static final int WITH_TOKENS = 5_000;

    /** Enough that requests under way at once are seldom about the same person, on which Keycloak fails. */
    private static final int PEOPLE = 256;

    private static final int LOGINS_AT_ONCE = 16;
    private static final int IN_HAND = 500;
    private static final int STARTS = 3;
    private static final int SETTLING_MILLIS = 10_000;
    /** Keycloak's code takes this long to be compiled. */
    private static final int WARMUP_SECONDS = 30;

    @Override
    public void run(Place place, Report report) throws Exception {
        try (PostgresServer postgres = PostgresServer.start(place)) {
            Dataset dataset = Dataset.postgres(place, postgres, USERS);
            Keycloak keycloak = Keycloak.installed(place, postgres);
            starts(place, report, dataset, keycloak);
            try (Tokens tokens = new Tokens(dataset);
                    Running server = Latchkey.start(place, dataset);
                    Running peer = keycloak.start(place)) {
                keycloak.populate(PEOPLE);
                compare(place, report, "GET me / userinfo", me(place, server, tokens), userinfo(place, peer, keycloak));
                refreshes(place, report, dataset, server, peer, keycloak);
                compare(
                        place,
                        report,
                        "POST login / password grant, each with its own Argon2id",
                        LoginBench.load(place, server).connections(LOGINS_AT_ONCE),
                        forms(place, "keycloak-logins", Keycloak.tokens(peer), Keycloak.loginForms(PEOPLE))
                                .connections(LOGINS_AT_ONCE));
                report.add(Figure.reported(
                        "resident memory after it", server.residentMib(), "MiB", "Keycloak", peer.residentMib()));
            }
        }
    }

    private static void starts(Place place, Report report, Dataset dataset, Keycloak keycloak) throws Exception {
        Median ours = new Median();
        Median theirs = new Median();
        Median idle = new Median();
        Median theirIdle = new Median();
        Latchkey.start(place, dataset).close(); // makes the start cache
        keycloak.start(place).close(); // makes the tables
        for (int i = 0; i < STARTS; i++) {
            try (Running server = Latchkey.start(place, dataset);
                    Running peer = keycloak.start(place)) {
                ours.add(server.startMillis());
                theirs.add(peer.startMillis());
                Thread.sleep(SETTLING_MILLIS);
                idle.add(server.residentMib());
                theirIdle.add(peer.residentMib());
            }
        }
        report.add(Figure.reported("start to ready", ours.get(), "ms", "Keycloak", theirs.get()));
        report.add(Figure.reported("resident memory, idle", idle.get(), "MiB", "Keycloak", theirIdle.get()));
    }

    private static Wrk me(Place place, Running server, Tokens tokens) throws IOException {
        Path warm = tokens.write(place.out().resolve("tokens-warm"), WITH_TOKENS, WITH_TOKENS);
        return new Wrk(place.script("requests.lua"), server.url("/api/v1/auth/me")).with("TOKENS", warm);
    }

    private static Wrk userinfo(Place place, Running peer, Keycloak keycloak) throws Exception {
        List<String> tokens = new ArrayList<>();
        for (String answer : keycloak.logins(PEOPLE)) {
            tokens.add(Keycloak.field(answer, "access_token"));
        }
        Path file = Files.write(place.out().resolve("keycloak-tokens"), tokens);
        return new Wrk(place.script("requests.lua"), Keycloak.userinfo(peer)).with("TOKENS", file);
    }

    /** Ours rotates at each; Keycloak's, as it is set up by itself, takes the same token again. */
    private static void refreshes(
            Place place, Report report, Dataset dataset, Running server, Running peer, Keycloak keycloak)
            throws Exception {
        List<String> bodies = new ArrayList<>();
        for (String answer : keycloak.logins(PEOPLE)) {
            bodies.add(Keycloak.CLIENT + "&grant_type=refresh_token&refresh_token="
                    + Keycloak.field(answer, "refresh_token"));
        }
        Wrk theirs = forms(place, "keycloak-refreshes", Keycloak.tokens(peer), bodies);
        theirs.run(WARMUP_SECONDS);
        RefreshBench.load(place, dataset, server, IN_HAND);
        Median rates = new Median();
        Median peers = new Median();
        for (int round = 0; round < place.rounds(); round++) {
            peers.add(theirs.run(place.seconds()).perSecond());
            rates.add(RefreshBench.load(place, dataset, server, IN_HAND).perSecond());
        }
        report.add(Figure.reported("POST refresh, rotated / not rotated", rates.get(), "/s", "Keycloak", peers.get()));
    }

    private static Wrk forms(Place place, String name, String url, List<String> bodies) throws IOException {
        Path file = Files.write(place.out().resolve(name), bodies);
        return new Wrk(place.script("requests.lua"), url)
                .with("BODIES", file)
                .with("TYPE", "application/x-www-form-urlencoded")
                .with("SHOW", 1);
    }

    private static void compare(Place place, Report report, String name, Wrk ours, Wrk theirs) throws Exception {
        theirs.run(WARMUP_SECONDS);
        ours.run(WARMUP_SECONDS);
        Median[] rates = Duel.run(place, ours, theirs);
        report.add(Figure.reported(name, rates[0].get(), "/s", "Keycloak", rates[1].get()));
    }
}
