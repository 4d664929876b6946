package dev.latchkey.password;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How passwords are judged and hashed.
 *
 * @param policy for new passwords where a path names no other
 * @param argon2 the cost of new hashes
 * @param breachCheck whether any policy's breach check runs
 * @param breachUrl the first five hexadecimal digits of a SHA-1 are appended to it
 * @param contextWords that no password may be made of, such as the product's name
 */
public record PasswordConfig(
        PasswordPolicy policy,
        Argon2Parameters argon2,
        Hashing hashing,
        boolean breachCheck,
        URI breachUrl,
        Duration breachTimeout,
        List<String> contextWords) {

    /**
     * The pool's bounds.
     *
     * @param threads hashes at a time, each holding the configured memory
     * @param queue callers that may wait in all
     * @param waitingPerAddress callers that may wait from one IPv4 address or IPv6 /64
     * @param longestWait before a waiting caller is refused
     */
    public record Hashing(int threads, int queue, int waitingPerAddress, Duration longestWait) {}

    static final Setting<PasswordPreset> PRESET = Setting.choice(
            "password.preset",
            PasswordPreset.BALANCED,
            "The rules for new passwords: balanced (8 characters, hard to guess, not leaked), classic (8 characters with"
                    + " upper case, lower case and a digit), strict (12 characters, harder to guess, costlier hashes).");
    static final Setting<Integer> MIN_LENGTH = Setting.integer(
                    "password.min-length", 0, 0, PasswordPolicy.MAX_LENGTH, "Least characters; 0 takes the preset's.")
            .check(length -> length == 0 || length >= 8, "must be 0 or at least 8");
    static final Setting<Integer> HISTORY = Setting.integer(
            "password.history", -1, -1, 24, "How many of a user's last passwords are refused; -1 takes the preset's.");
    static final Setting<List<String>> CONTEXT_WORDS = Setting.list(
            "password.context-words",
            List.of(),
            "Words that a password must not be made of, such as the names of your company and product.");
    static final Setting<Boolean> BREACH_CHECK = Setting.flag(
            "password.breach-check",
            true,
            "Look new passwords up among leaked ones. Five digits of a hash leave the server, never the password; when the"
                    + " service is away the password is accepted and the audit says so.");
    static final Setting<String> BREACH_URL = Setting.text(
                    "password.breach-url",
                    "https://api.pwnedpasswords.com/range/",
                    "The range service for leaked passwords; the first five digits of the SHA-1 are appended.")
            .check(PasswordConfig::isHttp, "must be an http or https URL that ends with a slash");
    static final Setting<Duration> BREACH_TIMEOUT = Setting.duration(
            "password.breach-timeout", Duration.ofSeconds(2), "How long a look-up may take before it counts as away.");
    static final Setting<Integer> MEMORY = Setting.integer(
            "password.argon2-memory-kib",
            0,
            0,
            Argon2Hash.MOST_MEMORY_KIB,
            "Argon2id memory per hash in KiB; 0 takes the preset's.");
    static final Setting<Integer> ITERATIONS = Setting.integer(
            "password.argon2-iterations", 0, 0, 32, "Argon2id passes over the memory; 0 takes the preset's.");
    static final Setting<Integer> PARALLELISM =
            Setting.integer("password.argon2-parallelism", 0, 0, 16, "Argon2id lanes; 0 takes the preset's.");
    static final Setting<Integer> THREADS = Setting.integer(
            "password.hashing-threads",
            0,
            0,
            256,
            "Hashes computed at a time, each holding the Argon2 memory; 0 is one per processor.");
    static final Setting<Integer> QUEUE = Setting.integer(
            "password.hashing-queue",
            0,
            0,
            10_000,
            "Callers that may wait for a hash before others get 503; 0 is 50 per hashing thread.");
    static final Setting<Integer> WAITING_PER_ADDRESS = Setting.integer(
            "password.hashing-waiting-per-address",
            2,
            1,
            10_000,
            "Callers that may wait for a hash from one IPv4 address or IPv6 /64.");
    static final Setting<Duration> LONGEST_WAIT = Setting.duration(
            "password.hashing-longest-wait",
            Duration.ofSeconds(5),
            "How long a caller waits for a hash before it gets 503.");

    private static final int QUEUE_PER_THREAD = 50;

    public PasswordConfig {
        if (!argon2.meetsFloor()) {
            throw new SettingsException(List.of("password.argon2-memory-kib and password.argon2-iterations are too weak"
                    + " together: give at least 19456 KiB with 2 iterations, or 7168 KiB with 5"));
        }
        if (!argon2.isWithinBounds()) {
            throw new SettingsException(List.of(
                    "password.argon2-memory-kib and password.argon2-iterations are too much together: memory times"
                            + " iterations may be at most " + Argon2Hash.MOST_WORK + " KiB"));
        }
        contextWords = List.copyOf(contextWords);
    }

    public static List<Setting<?>> settings() {
        return List.of(
                PRESET,
                MIN_LENGTH,
                HISTORY,
                CONTEXT_WORDS,
                BREACH_CHECK,
                BREACH_URL,
                BREACH_TIMEOUT,
                MEMORY,
                ITERATIONS,
                PARALLELISM,
                THREADS,
                QUEUE,
                WAITING_PER_ADDRESS,
                LONGEST_WAIT);
    }

    /** @throws SettingsException when the Argon2 settings together are below the floor */
    public static PasswordConfig from(Settings settings) {
        PasswordPreset preset = settings.get(PRESET);
        PasswordPolicy policy = preset.policy();
        if (settings.get(MIN_LENGTH) > 0) {
            policy = policy.withMinLength(settings.get(MIN_LENGTH));
        }
        if (settings.get(HISTORY) >= 0) {
            policy = policy.withHistory(settings.get(HISTORY));
        }
        Argon2Parameters cost = preset.argon2();
        Argon2Parameters argon2 = new Argon2Parameters(
                orElse(settings.get(MEMORY), cost.memoryKib()),
                orElse(settings.get(ITERATIONS), cost.iterations()),
                orElse(settings.get(PARALLELISM), cost.parallelism()),
                cost.saltBytes());
        int threads = orElse(settings.get(THREADS), Runtime.getRuntime().availableProcessors());
        Hashing hashing = new Hashing(
                threads,
                orElse(settings.get(QUEUE), QUEUE_PER_THREAD * threads),
                settings.get(WAITING_PER_ADDRESS),
                settings.get(LONGEST_WAIT));
        return new PasswordConfig(
                policy,
                argon2,
                hashing,
                settings.get(BREACH_CHECK),
                URI.create(settings.get(BREACH_URL)),
                settings.get(BREACH_TIMEOUT),
                settings.get(CONTEXT_WORDS));
    }

    public static PasswordConfig defaults() {
        return from(Settings.defaults(settings()));
    }

    private static int orElse(int given, int otherwise) {
        return given == 0 ? otherwise : given;
    }

    private static boolean isHttp(String text) {
        try {
            URI url = URI.create(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            return http && url.getHost() != null && text.endsWith("/");
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }
}
