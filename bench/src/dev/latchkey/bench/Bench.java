package dev.latchkey.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code bench/run}: runs benches by name and prints what they found beside what was to be reached. */
final class Bench {
    interface Benchmark {
        void run(Place place, Report report) throws Exception;
    }

    private static final Map<String, Benchmark> BENCHES = new LinkedHashMap<>();

    static {
        BENCHES.put("start", new StartBench());
        BENCHES.put("edge", new EdgeBench());
        BENCHES.put("me", new MeBench(MeBench.Engine.SQLITE));
        BENCHES.put("me-postgres", new MeBench(MeBench.Engine.POSTGRES));
        BENCHES.put("login", new LoginBench());
        BENCHES.put("storm", new StormBench());
        BENCHES.put("refresh", new RefreshBench(RefreshBench.Storage.SQLITE));
        BENCHES.put("refresh-slow", new RefreshBench(RefreshBench.Storage.SQLITE_SLOWED));
        BENCHES.put("refresh-postgres", new RefreshBench(RefreshBench.Storage.POSTGRES));
        BENCHES.put("mint", new MintBench());
        BENCHES.put("revocations", new RevocationsBench());
        BENCHES.put("growth", new GrowthBench(MeBench.Engine.SQLITE));
        BENCHES.put("growth-postgres", new GrowthBench(MeBench.Engine.POSTGRES));
        BENCHES.put("import", new ImportBench());
        BENCHES.put("move", new MoveBench());
        BENCHES.put("keycloak", new KeycloakBench());
        BENCHES.put("better-auth", new BetterAuthBench());
    }

    private Bench() {}

    /** Arguments: the folder of the bench, then names of benches, or {@code all}. */
    public static void main(String[] arguments) throws Exception {
        Place place = Place.of(Path.of(arguments[0]));
        List<String> wanted = Arrays.asList(arguments).subList(1, arguments.length);
        if (wanted.equals(List.of("all"))) {
            wanted = List.copyOf(BENCHES.keySet());
        }
        if (wanted.isEmpty() || !BENCHES.keySet().containsAll(wanted)) {
            System.err.println("usage: bench/run all | NAME...   with names out of " + String.join(" ", BENCHES.keySet()));
            System.exit(2);
        }
        Report report = new Report();
        System.out.println(Figure.header());
        for (String name : wanted) {
            Report.say(name);
            try {
                BENCHES.get(name).run(place, report);
            } catch (Unavailable missing) {
                report.skip(name, missing.getMessage());
            }
        }
        System.exit(report.finish(place.out().resolve("last.md")) ? 0 : 1);
    }
}
