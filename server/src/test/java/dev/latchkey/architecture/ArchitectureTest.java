package dev.latchkey.architecture;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The shape of the house, checked on the compiled classes. ARCHITECTURE.md explains it; the tables here decide. */
class ArchitectureTest {
    private static final Set<String> FEATURES = Set.of(
            "user",
            "password",
            "passkey",
            "totp",
            "otp",
            "federation",
            "client",
            "session",
            "grant",
            "issuer",
            "key",
            "apikey",
            "authz",
            "lockout",
            "human",
            "recovery",
            "phone");

    /** Lowest first. A package imports lower floors only: never its own floor's other packages, never a higher one. */
    private static final List<Set<String>> FLOORS = List.of(
            // ring 0: the kernel
            Set.of("core"),
            Set.of("oauth2", "crypto"),
            Set.of("jose"),
            // ring 1: the platform
            Set.of("config", "metrics"),
            Set.of("trace"),
            Set.of("db"),
            Set.of("change", "ephemeral", "lease"),
            Set.of("limit", "redis"),
            Set.of("http", "outbox"),
            Set.of("page"),
            Set.of("mail", "sms"),
            // ring 2: the features; audit is the one they share
            Set.of("audit"),
            FEATURES,
            // ring 3: what joins features
            Set.of("lifecycle", "access"),
            Set.of("login", "authorize", "token", "oidc", "account", "admin", "mfa", "transfer", "backup"),
            Set.of("dialect", "hosted"),
            // ring 4
            Set.of("boot"));

    /** Which packages (! except), or classes by the end of their name (*), may use a library; an unlisted one nobody may. */
    private static final Map<String, Set<String>> FENCES = Map.ofEntries(
            entry("io.helidon.", Set.of("http", "boot", "*Routes")),
            entry("org.jdbi.", Set.of("db", "*Store")),
            entry("org.flywaydb.", Set.of("db")),
            entry("com.zaxxer.hikari.", Set.of("db")),
            entry("org.sqlite.", Set.of("db")),
            entry("org.postgresql.", Set.of("db")),
            entry("com.nimbusds.", Set.of("jose")),
            entry("com.amazon.corretto.", Set.of("crypto", "jose")),
            entry("de.mkammerer.", Set.of("password")),
            entry("com.sun.jna.", Set.of("password")),
            entry("org.bouncycastle.", Set.of("password", "crypto")),
            entry("com.nulabinc.zxcvbn.", Set.of("password")),
            entry("com.webauthn4j.", Set.of("passkey")),
            entry("org.snakeyaml.engine.", Set.of("config")),
            entry("io.lettuce.", Set.of("redis")),
            entry("io.netty.", Set.of("redis")),
            entry("jakarta.mail.", Set.of("mail")),
            entry("jakarta.activation.", Set.of("mail")),
            entry("org.eclipse.angus.", Set.of("mail")),
            entry("gg.jte.", Set.of("page", "mail")),
            entry("io.nayuki.qrcodegen.", Set.of("totp")),
            entry("picocli.", Set.of("boot")),
            entry("java.util.logging.", Set.of("boot")),
            entry("tools.jackson.", Set.of("*", "!core", "!crypto", "!config", "!metrics", "!db", "!limit")),
            entry(
                    "com.fasterxml.jackson.annotation.",
                    Set.of("*", "!core", "!crypto", "!config", "!metrics", "!db", "!limit")),
            entry("java.", Set.of("*")),
            entry("javax.crypto.", Set.of("crypto", "jose", "password", "totp")),
            entry("javax.naming.", Set.of("mail")),
            entry("javax.net.ssl.", Set.of("http", "boot", "mail")),
            entry("javax.sql.", Set.of("db")),
            entry("org.jspecify.", Set.of("*")));

    /** Calls only some packages may make: time and randomness are passed in, the process belongs to boot. */
    private static final Map<String, Set<String>> CALLS = Map.ofEntries(
            entry("java.time.Instant.now()", Set.of()),
            entry("java.time.LocalDate.now()", Set.of()),
            entry("java.time.ZonedDateTime.now()", Set.of()),
            entry("java.lang.System.currentTimeMillis()", Set.of()),
            entry("java.util.Date.<init>()", Set.of()),
            entry("java.time.Clock.system", Set.of("boot")),
            entry("java.util.UUID.randomUUID()", Set.of("core")),
            entry("java.util.Random.", Set.of()),
            entry("java.lang.Math.random()", Set.of()),
            entry("java.security.SecureRandom.", Set.of("core", "crypto")),
            entry("java.lang.System.exit(", Set.of("boot")),
            entry("java.lang.System.outLjava", Set.of("boot")),
            entry("java.lang.System.errLjava", Set.of("boot")),
            entry("java.lang.System.getenv(", Set.of("boot")),
            entry("java.lang.Throwable.printStackTrace(", Set.of("boot")),
            entry("java.lang.Runtime.exec(", Set.of()));

    private static final Set<String> EMPTY_NAMES =
            Set.of("util", "utils", "common", "helper", "helpers", "impl", "misc");
    private static final List<String> EMPTY_SUFFIXES = List.of("Util", "Utils", "Helper", "Impl", "Manager", "Common");
    private static final List<String> FEATURE_FACES =
            List.of("Service", "Routes", "Config", "Issuer", "Verifier", "Exception");

    /** Public classes of a feature that are none of these and still its face. */
    private static final Set<String> OTHER_FACES = Set.of(
            "Roles",
            "KnownDevices",
            "DeviceName",
            "UserDirectory",
            "BackupCodes",
            "LoginCodes",
            "HashingPlace",
            "QrCode",
            "ProfileFields");

    private static final List<CompiledClass> ALL = CompiledClass.all();
    private static final List<CompiledClass> MAIN =
            ALL.stream().filter(it -> !it.isTest()).toList();

    @Test
    void thereIsSomethingToCheck() {
        assertThat(MAIN).hasSizeGreaterThan(50);
        assertThat(ALL).hasSizeGreaterThan(MAIN.size());
    }

    @Test
    void everyPackageHasAFloor() {
        Map<String, Integer> floors = floors();
        assertThat(MAIN.stream().map(CompiledClass::unit).filter(it -> !it.isEmpty() && !floors.containsKey(it)))
                .as("packages missing from the table above")
                .isEmpty();
    }

    @Test
    void importsPointDown() {
        Map<String, Integer> floors = floors();
        Set<String> wrong = new TreeSet<>();
        for (CompiledClass from : MAIN) {
            for (String to : from.uses()) {
                if (!to.startsWith("dev.latchkey.")) {
                    continue;
                }
                String unit = CompiledClass.unitOf(to);
                boolean down = floors.getOrDefault(unit, -1) < floors.getOrDefault(from.unit(), -1);
                if (!unit.equals(from.unit()) && !down) {
                    wrong.add(from.name() + " -> " + to);
                }
            }
        }
        assertThat(wrong).as("imports that do not point down").isEmpty();
    }

    @Test
    void librariesStayBehindTheirFence() {
        Set<String> wrong = new TreeSet<>();
        for (CompiledClass from : MAIN) {
            for (String to : from.uses()) {
                if (!to.startsWith("dev.latchkey.") && !isAllowed(from, fence(to))) {
                    wrong.add(from.name() + " -> " + to);
                }
            }
        }
        assertThat(wrong).as("uses of a library outside its fence").isEmpty();
    }

    @Test
    void timeRandomnessAndTheProcessArePassedIn() {
        assertThat(callsOutside(MAIN, CALLS)).isEmpty();
    }

    @Test
    void testsNeverSleep() {
        List<CompiledClass> tests = ALL.stream().filter(CompiledClass::isTest).toList();
        assertThat(callsOutside(tests, Map.of("java.lang.Thread.sleep(", Set.of())))
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItOwns() {
        Set<String> packages = new TreeSet<>();
        MAIN.forEach(it -> packages.add(it.packageName()));
        MAIN.stream()
                .filter(it -> it.isPackageInfo() && it.hasAnnotation(NullMarked.class))
                .forEach(it -> packages.remove(it.packageName()));
        packages.removeIf(it -> it.startsWith("dev.latchkey.page.generated"));
        assertThat(packages).as("packages without a @NullMarked package-info").isEmpty();
    }

    @Test
    void namesSaySomething() {
        List<String> wrong = new ArrayList<>();
        for (CompiledClass it : MAIN) {
            String simple = it.outermost();
            boolean interfacePrefix = it.model().flags().has(AccessFlag.INTERFACE)
                    && simple.length() > 2
                    && simple.charAt(0) == 'I'
                    && Character.isUpperCase(simple.charAt(1));
            if (interfacePrefix
                    || EMPTY_SUFFIXES.stream().anyMatch(simple::endsWith)
                    || Stream.of(it.packageName().split("\\.")).anyMatch(EMPTY_NAMES::contains)) {
                wrong.add(it.name());
            }
        }
        assertThat(wrong).as("names that say nothing").isEmpty();
    }

    @Test
    void aFeatureShowsItsServiceAndItsRecordsOnly() {
        List<String> wrong = MAIN.stream()
                .filter(it -> FEATURES.contains(it.unit()) && it.model().flags().has(AccessFlag.PUBLIC))
                .filter(it -> !it.isPackageInfo() && !it.simpleName().contains("$") && !isValue(it))
                .filter(it -> !OTHER_FACES.contains(it.simpleName()))
                .map(CompiledClass::name)
                .filter(it -> FEATURE_FACES.stream().noneMatch(it::endsWith))
                .toList();
        assertThat(wrong)
                .as("public classes of a feature that are no face of it")
                .isEmpty();
    }

    @Test
    void storesAreNobodyElsesBusiness() {
        assertThat(MAIN.stream()
                        .filter(it ->
                                it.simpleName().endsWith("Store") && !it.unit().equals("ephemeral"))
                        .filter(it -> it.model().flags().has(AccessFlag.PUBLIC))
                        .map(CompiledClass::name))
                .isEmpty();
    }

    private static boolean isValue(CompiledClass it) {
        String parent =
                it.model().superclass().map(entry -> entry.asInternalName()).orElse("");
        return it.model().flags().has(AccessFlag.INTERFACE)
                || parent.equals("java/lang/Record")
                || parent.equals("java/lang/Enum");
    }

    private static Map<String, Integer> floors() {
        Map<String, Integer> floors = new HashMap<>();
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String unit : FLOORS.get(floor)) {
                floors.put(unit, floor);
            }
        }
        return floors;
    }

    /** The longest fence around a library's class; nobody may use what no fence names. */
    private static Set<String> fence(String className) {
        return FENCES.keySet().stream()
                .filter(className::startsWith)
                .max((a, b) -> a.length() - b.length())
                .map(FENCES::get)
                .orElse(Set.of());
    }

    private static boolean isAllowed(CompiledClass from, Set<String> allowed) {
        Predicate<String> matches = rule -> rule.equals(from.unit())
                || (rule.startsWith("*") && from.outermost().endsWith(rule.substring(1)));
        return allowed.stream().anyMatch(matches) && !allowed.contains("!" + from.unit());
    }

    private static Map<String, String> callsOutside(List<CompiledClass> classes, Map<String, Set<String>> rules) {
        Map<String, String> wrong = new TreeMap<>();
        for (CompiledClass from : classes) {
            for (String call : from.calls()) {
                rules.forEach((prefix, allowed) -> {
                    if (call.startsWith(prefix) && !isAllowed(from, allowed)) {
                        wrong.put(from.name(), call);
                    }
                });
            }
        }
        return wrong;
    }
}
