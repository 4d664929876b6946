package dev.latchkey.boot;

import dev.latchkey.password.PasswordConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** What settings amount to that nobody set and whose default depends on others: as an operator would write them, by key. */
public final class DerivedValues {
    private DerivedValues() {}

    public static Map<String, String> of(Configuration configuration) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(
                "server.public-url", configuration.http().effectivePublicUrl().toString());
        values.put("operations.port", Integer.toString(configuration.http().operationsPort()));
        values.put("docs.enabled", Boolean.toString(configuration.http().servesDocs(configuration.profile())));
        values.put("token.issuer", configuration.tokens().issuer());
        values.put("token.audience", configuration.tokens().audience());
        PasswordConfig passwords = configuration.passwords();
        values.put("password.min-length", Integer.toString(passwords.policy().minLength()));
        values.put("password.history", Integer.toString(passwords.policy().history()));
        values.put(
                "password.argon2-memory-kib",
                Integer.toString(passwords.argon2().memoryKib()));
        values.put(
                "password.argon2-iterations",
                Integer.toString(passwords.argon2().iterations()));
        values.put(
                "password.argon2-parallelism",
                Integer.toString(passwords.argon2().parallelism()));
        values.put(
                "password.hashing-threads", Integer.toString(passwords.hashing().threads()));
        values.put(
                "password.hashing-queue", Integer.toString(passwords.hashing().queue()));
        configuration
                .human()
                .hosted()
                .ifPresent(hosted -> values.put(
                        "human-check.hostnames",
                        String.join(",", hosted.hostnames().stream().sorted().toList())));
        return values;
    }
}
