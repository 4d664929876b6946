package dev.latchkey.crash;

import dev.latchkey.boot.Operations;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.redis.TestRedis;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.Profile;
import dev.latchkey.user.Roles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server and what it needs, each in processes of their own, so that any part can be struck down and brought back. */
final class Installation implements AutoCloseable {
    private final Path folder;
    private final Optional<DurablePostgres> postgres;
    private final Optional<TestRedis> redis;
    private final ReceivedMails mails = new ReceivedMails();
    private final Map<String, String> settings = ServerSettings.plain();
    private ServerProcess server;

    private Installation(Path folder, Optional<DurablePostgres> postgres, Optional<TestRedis> redis) {
        this.folder = folder;
        this.postgres = postgres;
        this.redis = redis;
        settings.putAll(Map.of(
                "mail.from", "auth@example.com",
                "mail.smtp.host", "127.0.0.1",
                "mail.smtp.port", Integer.toString(mails.port()),
                "mail.smtp.tls", "none"));
        settings.putAll(Map.of(
                "server.trusted-proxies", "127.0.0.1",
                "access.step-up", "1d",
                "session.per-user", "1000",
                "mfa.required-roles", "",
                "lockout.threshold", "100"));
        // Limits are what needs Redis.
        settings.put("limits.enabled", Boolean.toString(redis.isPresent()));
        postgres.ifPresent(it -> settings.put("database.url", it.url()));
        redis.ifPresent(it -> settings.putAll(Map.of("redis.host", "127.0.0.1", "redis.port", "" + it.port())));
        this.server = ServerProcess.start(folder, settings);
    }

    static Installation onSqlite(Path folder) {
        return new Installation(folder, Optional.empty(), Optional.empty());
    }

    static Installation onPostgres(Path folder) {
        return new Installation(folder, Optional.of(DurablePostgres.in(folder)), Optional.empty());
    }

    static Installation onPostgresAndRedis(Path folder) {
        return new Installation(folder, Optional.of(DurablePostgres.in(folder)), Optional.of(TestRedis.own()));
    }

    ServerProcess server() {
        return server;
    }

    ReceivedMails mails() {
        return mails;
    }

    StoredData data() {
        return new StoredData(folder, settings);
    }

    /** In this order, at once. */
    void strike(List<Part> parts) {
        parts.forEach(part -> {
            switch (part) {
                case SERVER -> server.kill();
                case POSTGRES -> postgres.orElseThrow().stopImmediately();
                case REDIS -> redis.orElseThrow().stop();
            }
        });
    }

    void recover(Set<Part> parts) {
        if (parts.contains(Part.POSTGRES)) {
            postgres.orElseThrow().startAgain();
        }
        if (parts.contains(Part.REDIS)) {
            redis.orElseThrow().start();
        }
        if (parts.contains(Part.SERVER)) {
            server = ServerProcess.start(folder, settings);
        }
    }

    /** Made as an operator does. */
    void createAdministrator(String email, String password) {
        try (Operations operations =
                new Operations(ServerSettings.configuration(folder, settings), Clock.systemUTC())) {
            EmailAddress address = EmailAddress.parse(email).orElseThrow();
            operations.createUser(
                    new NewUser(TenantId.MAIN, address, true, Profile.EMPTY, Set.of(Roles.ADMIN)), password);
        }
    }

    @Override
    public void close() {
        try (mails) {
            server.kill();
            redis.ifPresent(TestRedis::close);
            postgres.ifPresent(DurablePostgres::close);
        }
    }
}
