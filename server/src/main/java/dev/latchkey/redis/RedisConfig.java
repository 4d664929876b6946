package dev.latchkey.redis;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where Redis is and how to sign in to it.
 *
 * @param topology how {@code nodes} are to be understood
 * @param nodes the server itself, the Sentinels, or some nodes of the cluster
 * @param master the name Sentinel knows the master by; empty elsewhere
 * @param certificates a PEM file of the authorities to trust instead of the JDK's
 * @param timeout how long a call may take
 * @param prefix begins every key and channel
 */
public record RedisConfig(
        Topology topology,
        List<RedisAddress> nodes,
        String master,
        Login login,
        String sentinelPassword,
        int database,
        boolean tls,
        Optional<Path> certificates,
        Duration timeout,
        String prefix) {

    public enum Topology {
        SINGLE,
        SENTINEL,
        CLUSTER
    }

    /** How to sign in; both empty where Redis asks for nothing, the user alone empty for Redis' default user. */
    public record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    private static final int PORT_DEFAULT = 6379;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_DATABASE = 1023;
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(5);

    static final Setting<String> HOST = Setting.text(
                    "redis.host",
                    "",
                    "A Redis server for short-lived state that all servers share. Unset, with no Sentinel and no cluster: no"
                            + " Redis.")
            .alias("REDIS_HOST");
    static final Setting<Integer> PORT = Setting.integer(
                    "redis.port", PORT_DEFAULT, 1, MAX_PORT, "The port of redis.host.")
            .alias("REDIS_PORT");
    static final Setting<String> USERNAME = Setting.text(
                    "redis.username", "", "The Redis user (ACL). Unset: Redis' default user.")
            .alias("REDIS_USERNAME");
    static final Setting<String> PASSWORD = Setting.secret(
                    "redis.password", "The password of redis.username, or of Redis' default user.")
            .alias("REDIS_PASSWORD");
    static final Setting<Integer> DATABASE = Setting.integer(
            "redis.database", 0, 0, MAX_DATABASE, "The number of the Redis database. A cluster has only 0.");
    static final Setting<Boolean> TLS = Setting.flag(
            "redis.tls", false, "Connects with TLS and checks that the certificate is for the name connected to.");
    static final Setting<String> CERTIFICATES = Setting.text(
            "redis.tls-ca",
            "",
            "PEM file of the authorities that may have signed Redis' certificate. Unset: those the JDK trusts.");
    static final Setting<List<String>> SENTINELS = Setting.list(
                    "redis.sentinel.nodes",
                    List.of(),
                    "The Sentinels, as host or host:port (26379). They tell where the master is.")
            .check(RedisAddress::accepts, RedisAddress.COMPLAINT);
    static final Setting<String> MASTER = Setting.text(
            "redis.sentinel.master",
            "",
            "The name that the Sentinels know the master by. Needed with redis.sentinel.nodes.");
    static final Setting<String> SENTINEL_PASSWORD = Setting.secret(
            "redis.sentinel.password", "The password of the Sentinels themselves, where they ask for one.");
    static final Setting<List<String>> CLUSTER = Setting.list(
                    "redis.cluster.nodes",
                    List.of(),
                    "Some nodes of a Redis Cluster, as host or host:port (6379). They tell which others there are.")
            .check(RedisAddress::accepts, RedisAddress.COMPLAINT);
    static final Setting<Duration> TIMEOUT = Setting.duration(
                    "redis.timeout",
                    Duration.ofMillis(500),
                    "How long a call to Redis may take before Redis counts as away.")
            .check(
                    value -> value.isPositive() && value.compareTo(MAX_TIMEOUT) <= 0,
                    "must be more than 0 and at most 5s");
    static final Setting<String> PREFIX = Setting.text(
                    "redis.prefix", "latchkey", "Begins every key, so that several installations may share one Redis.")
            .check(text -> text.matches("[A-Za-z0-9._-]{1,32}"), "must be 1 to 32 letters, digits, dots or dashes");

    public static List<Setting<?>> settings() {
        return List.of(
                HOST,
                PORT,
                USERNAME,
                PASSWORD,
                DATABASE,
                TLS,
                CERTIFICATES,
                SENTINELS,
                MASTER,
                SENTINEL_PASSWORD,
                CLUSTER,
                TIMEOUT,
                PREFIX);
    }

    /** Empty where no Redis is named. */
    public static Optional<RedisConfig> from(Settings settings) {
        if (!settings.get(SENTINELS).isEmpty()) {
            return Optional.of(of(settings, Topology.SENTINEL, RedisAddress.all(settings.get(SENTINELS), 26_379)));
        }
        if (!settings.get(CLUSTER).isEmpty()) {
            return Optional.of(of(settings, Topology.CLUSTER, RedisAddress.all(settings.get(CLUSTER), PORT_DEFAULT)));
        }
        String host = settings.get(HOST);
        return host.isEmpty()
                ? Optional.empty()
                : Optional.of(of(settings, Topology.SINGLE, List.of(new RedisAddress(host, settings.get(PORT)))));
    }

    private static RedisConfig of(Settings settings, Topology topology, List<RedisAddress> nodes) {
        String certificates = settings.get(CERTIFICATES);
        return new RedisConfig(
                topology,
                nodes,
                settings.get(MASTER),
                new Login(settings.get(USERNAME), settings.get(PASSWORD)),
                settings.get(SENTINEL_PASSWORD),
                settings.get(DATABASE),
                settings.get(TLS),
                certificates.isEmpty() ? Optional.empty() : Optional.of(Path.of(certificates)),
                settings.get(TIMEOUT),
                settings.get(PREFIX));
    }

    /** What is wrong between the keys, each as a sentence that begins with a key; empty where all is well. */
    public static List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        boolean sentinel = !settings.get(SENTINELS).isEmpty();
        boolean cluster = !settings.get(CLUSTER).isEmpty();
        // A platform that sets REDIS_HOST for everything must not contradict what was said on purpose.
        if (sentinel && cluster) {
            problems.add("redis.sentinel.nodes and redis.cluster.nodes exclude each other; name one of them");
        }
        if (sentinel && settings.get(MASTER).isEmpty()) {
            problems.add("redis.sentinel.master must be set with redis.sentinel.nodes");
        }
        if (cluster && settings.get(DATABASE) != 0) {
            problems.add("redis.database must be 0 with redis.cluster.nodes");
        }
        if (!settings.get(USERNAME).isEmpty() && settings.get(PASSWORD).isEmpty()) {
            problems.add("redis.password must be set with redis.username");
        }
        String certificates = settings.get(CERTIFICATES);
        if (!certificates.isEmpty() && !settings.get(TLS)) {
            problems.add("redis.tls must be true with redis.tls-ca");
        }
        if (!certificates.isEmpty() && !Files.isReadable(Path.of(certificates))) {
            problems.add("redis.tls-ca names a file that cannot be read: " + certificates);
        }
        return List.copyOf(problems);
    }

    /** For people: where it is, without how to sign in. */
    public String place() {
        return switch (topology) {
            case SINGLE -> nodes.getFirst().toString();
            case SENTINEL -> "master " + master + " of Sentinels " + RedisAddress.joined(nodes);
            case CLUSTER -> "the cluster of " + RedisAddress.joined(nodes);
        };
    }
}
