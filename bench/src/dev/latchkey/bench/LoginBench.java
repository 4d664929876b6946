package dev.latchkey.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Logins with right passwords from browsers that signed in before, beside the rate at which the fastest library computes the same hash on as many threads. */
final class LoginBench implements Bench.Benchmark {
    /** Those who log in; the first of the data set never do, so their sessions stay. */
    private static final int FIRST_USER = 5_000;

    private static final int USERS = 5_000;
    private static final int CONNECTIONS = 16;
    /** Logins are few a second, and it takes ten thousand until their code is compiled. */
    private static final int WARMUP_SECONDS = 120;

    @Override
    public void run(Place place, Report report) throws Exception {
        Dataset dataset = Dataset.sqliteForLogins(place, FIRST_USER + USERS);
        Median logins = new Median();
        Median hashes = new Median();
        String library = "";
        try (Running server = Latchkey.start(place, dataset)) {
            Wrk load = load(place, server).connections(CONNECTIONS);
            load.run(WARMUP_SECONDS);
            for (int round = 0; round < place.rounds(); round++) {
                String[] raw = raw(place);
                library = raw[0];
                hashes.add(Double.parseDouble(raw[1]));
                logins.add(load.run(place.seconds()).perSecond());
            }
            report.add(Figure.ratio(
                    "POST login, Argon2id m=19456 t=2 p=1", logins.get(), "/s", "raw " + library, hashes.get(), 0.85));
            Memory.report(report, "resident memory after it", server);
        }
    }

    static Wrk load(Place place, Running server) throws IOException {
        Path bodies = place.out().resolve("logins");
        Path cookies = place.out().resolve("logins-cookies");
        try (BufferedWriter out = Files.newBufferedWriter(bodies);
                BufferedWriter browsers = Files.newBufferedWriter(cookies)) {
            for (int i = 0; i < USERS; i++) {
                browsers.write("latchkey_device=" + People.device(FIRST_USER + i) + "\n");
                out.write("{\"email\":\"" + People.email(FIRST_USER + i) + "\",\"password\":\"" + People.PASSWORD
                        + "\",\"mode\":\"token\"}\n");
            }
        }
        return new Wrk(place.script("requests.lua"), server.url("/api/v1/auth/login"))
                .with("BODIES", bodies)
                .with("COOKIES", cookies)
                .with("SHOW", 1)
                .with("FIRST", System.nanoTime() % USERS);
    }

    private static String[] raw(Place place) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(place.java("256m", RawHashes.class, Integer.toString(place.seconds())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return line.split(" ");
    }
}
