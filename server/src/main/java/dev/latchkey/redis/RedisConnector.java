package dev.latchkey.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Opens connections to the configured Redis. The only class that knows the library's clients and how they are set up. */
final class RedisConnector implements AutoCloseable {
    /** For connecting with all that belongs to it; a call has a time limit of its own. */
    static final Duration CONNECT = Duration.ofSeconds(2);

    private static final Duration RECONNECT = Duration.ofMillis(250);
    private static final Duration TOPOLOGY = Duration.ofSeconds(30);
    private static final int THREADS = 2;

    private final RedisConfig config;
    private final ClientResources resources;
    private final AbstractRedisClient client;

    RedisConnector(RedisConfig config) {
        this.config = config;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
                .reconnectDelay(Delay.constant(RECONNECT))
                .build();
        this.client = switch (config.topology()) {
            case SINGLE, SENTINEL -> standalone();
            case CLUSTER -> cluster();
        };
    }

    private RedisClient standalone() {
        RedisClient single = RedisClient.create(resources);
        single.setOptions(options(ClientOptions.builder()).build());
        return single;
    }

    private RedisClusterClient cluster() {
        RedisClusterClient many = RedisClusterClient.create(
                resources, config.nodes().stream().map(this::address).toList());
        many.setOptions(options(ClusterClientOptions.builder()
                        .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                .enablePeriodicRefresh(TOPOLOGY)
                                .build()))
                .build());
        return many;
    }

    private <B extends ClientOptions.Builder> B options(B options) {
        // A cluster's connections are opened as they are needed, and what comes meanwhile must wait for them.
        options.disconnectedBehavior(
                        config.topology() == RedisConfig.Topology.CLUSTER
                                ? ClientOptions.DisconnectedBehavior.DEFAULT
                                : ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                // A step that may have happened is not done twice: its caller was told that it failed.
                .replayFilter(command -> true)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .keepAlive(true)
                        .build());
        SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider().handshakeTimeout(CONNECT);
        config.certificates().ifPresent(file -> ssl.trustManager(file.toFile()));
        options.sslOptions(ssl.build());
        return options;
    }

    /** @throws io.lettuce.core.RedisException when nothing answers */
    RedisConnection open() {
        return switch (client) {
            case RedisClient single -> openStandalone(single);
            case RedisClusterClient many -> openCluster(many);
            default -> throw new IllegalStateException("no such client: " + client.getClass());
        };
    }

    private RedisConnection openStandalone(RedisClient single) {
        RedisURI uri = config.topology() == RedisConfig.Topology.SENTINEL
                ? sentinels()
                : address(config.nodes().getFirst());
        StatefulRedisConnection<String, String> commands = single.connect(uri);
        try {
            StatefulRedisPubSubConnection<String, String> listening = single.connectPubSub(uri);
            return new RedisConnection(
                    commands.async(),
                    listening,
                    () -> Map.of(config.place(), commands.async().info("memory")),
                    () -> {
                        commands.close();
                        listening.close();
                    });
        } catch (RuntimeException half) {
            commands.close();
            throw half;
        }
    }

    private RedisConnection openCluster(RedisClusterClient many) {
        StatefulRedisClusterConnection<String, String> commands = many.connect();
        try {
            StatefulRedisPubSubConnection<String, String> listening = many.connectPubSub();
            return new RedisConnection(commands.async(), listening, () -> memory(commands), () -> {
                commands.close();
                listening.close();
            });
        } catch (RuntimeException half) {
            commands.close();
            throw half;
        }
    }

    private static Map<String, RedisFuture<String>> memory(StatefulRedisClusterConnection<String, String> cluster) {
        Map<String, RedisFuture<String>> asked = new LinkedHashMap<>();
        for (RedisClusterNode node : cluster.getPartitions()) {
            if (!node.getSlots().isEmpty()) {
                String place = node.getUri().getHost() + ":" + node.getUri().getPort();
                asked.put(place, cluster.getConnection(node.getNodeId()).async().info("memory"));
            }
        }
        return asked;
    }

    private RedisURI sentinels() {
        RedisURI.Builder uri = RedisURI.builder().withSentinelMasterId(config.master());
        for (RedisAddress sentinel : config.nodes()) {
            RedisURI.Builder one = RedisURI.builder()
                    .withHost(sentinel.host())
                    .withPort(sentinel.port())
                    .withSsl(config.tls())
                    .withTimeout(CONNECT);
            if (!config.sentinelPassword().isEmpty()) {
                one.withPassword(config.sentinelPassword().toCharArray());
            }
            uri.withSentinel(one.build());
        }
        return common(uri).build();
    }

    private RedisURI address(RedisAddress address) {
        return common(RedisURI.builder().withHost(address.host()).withPort(address.port()))
                .build();
    }

    private RedisURI.Builder common(RedisURI.Builder uri) {
        uri.withSsl(config.tls())
                .withDatabase(config.database())
                .withTimeout(CONNECT)
                .withClientName("latchkey");
        RedisConfig.Login login = config.login();
        if (!login.username().isEmpty()) {
            uri.withAuthentication(login.username(), login.password().toCharArray());
        } else if (!login.password().isEmpty()) {
            uri.withPassword(login.password().toCharArray());
        }
        return uri;
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
