package dev.latchkey.boot;

import dev.latchkey.admin.UserAdministration;
import dev.latchkey.audit.AuditFilter;
import dev.latchkey.audit.AuditRecord;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.config.SettingsLoader;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.Database;
import dev.latchkey.db.DatabaseAddress;
import dev.latchkey.db.Migrations;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.login.LoginFlow;
import dev.latchkey.redis.TestRedis;
import dev.latchkey.user.User;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packaged server's own composition, on any free port, with a clock that the test moves. */
public final class TestServer implements AutoCloseable {
    /** Names the client's address in {@code X-Forwarded-For}: the tests' own address is a trusted proxy. */
    public static final String CLIENT_ADDRESS = "X-Forwarded-For";

    private static final String MASTER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final App app;
    private final MutableClock clock;

    private TestServer(App app, MutableClock clock) {
        this.app = app;
        this.clock = clock;
    }

    /** @param settings keys and values in turn, over the defaults of a test */
    public static TestServer on(TestDatabase database, MutableClock clock, String... settings) {
        Configuration configuration = configuration(database, settings);
        return started(new App(configuration, clock), clock);
    }

    /** The same over a database that the test opened itself; the server closes it. */
    static TestServer over(Database opened, TestDatabase database, MutableClock clock, String... settings) {
        Configuration configuration = configuration(database, settings);
        return started(new App(configuration, new Services(configuration, clock, opened)), clock);
    }

    /** On a configuration that the test made, with the schema brought forward as at a start. */
    static TestServer with(Configuration configuration, MutableClock clock) {
        Migrations.of(configuration.database()).migrate();
        return started(new App(configuration, clock), clock);
    }

    private static TestServer started(App app, MutableClock clock) {
        app.start();
        return new TestServer(app, clock);
    }

    static Configuration configuration(TestDatabase database, String... settings) {
        Map<String, String> values = new HashMap<>();
        values.put("server.port", "0");
        values.put("server.trusted-proxies", "127.0.0.1");
        values.put("server.access-log", "false");
        values.put("master-key", MASTER_KEY);
        values.put("password.breach-check", "false");
        values.put("login.failure-floor", "0ms");
        // Administrators sign in with a password alone, but where a test is about that.
        values.put("mfa.required-roles", "");
        values.put("data.directory", database.config().dataDirectory().toString());
        if (database.config().address() instanceof DatabaseAddress.PostgresServer postgres) {
            values.put("database.url", url(postgres));
        }
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return Configuration.from(
                new SettingsLoader(KnownSettings.all()).overrides(values).load(), Map.of());
    }

    /** A client that keeps no cookies and names no credential until told to. */
    public ApiClient client() {
        return new ApiClient(app.server().port());
    }

    public App app() {
        return app;
    }

    /** The login's own state machine, for tests that stop half-way. */
    public LoginFlow loginFlow() {
        return app.loginFlow();
    }

    /** The commands' side of the same installation, as another process would have it. */
    public Operations operations() {
        return new Operations(app.services().configuration, clock);
    }

    /** As an operator does on the command line. */
    public void disable(String email) {
        UserAdministration administration = app.services().userAdministration;
        User user = administration.find(TenantId.MAIN, EmailAddress.parse(email).orElseThrow());
        administration.disable(TenantId.MAIN, user.id(), UserAdministration.byOperator(EventType.USER_DISABLED));
    }

    /** Gives a role, as only the database's owner can. */
    public void grant(String email, String role) {
        Services services = app.services();
        services.database.tx(tx -> {
            User user = services.users
                    .byEmail(tx, TenantId.MAIN, EmailAddress.parse(email).orElseThrow())
                    .orElseThrow();
            services.users.addRole(tx, user.id(), user.tenant(), role);
            services.audit.record(
                    tx, UserAdministration.byOperator(EventType.ROLES_CHANGED).about(user.id()));
            return role;
        });
    }

    /** Callers that have a place in the line for a hashing thread, and none yet. */
    public int passwordsWaiting() {
        return app.services().passwords.waiting();
    }

    /** The names of the audited events, oldest first. */
    public List<String> auditNames() {
        Services services = app.services();
        return services.auditReader.list(AuditFilter.everything(TenantId.MAIN), Optional.empty(), 200).events().stream()
                .map(AuditRecord::name)
                .toList()
                .reversed();
    }

    /** Why the events of this name happened, newest first. */
    public List<String> auditReasons(String name) {
        Services services = app.services();
        return services.auditReader.list(AuditFilter.everything(TenantId.MAIN), Optional.empty(), 200).events().stream()
                .filter(event -> event.name().equals(name))
                .map(event -> event.details().getOrDefault(Detail.REASON, ""))
                .toList();
    }

    /** What the operations listener would show. */
    public String metrics() {
        return app.services().metrics.expose();
    }

    /** Returns once this server is connected to its Redis, if it has one. */
    void awaitRedis() {
        app.services().redis.ifPresent(TestRedis::await);
    }

    public int port() {
        return app.server().port();
    }

    public MutableClock clock() {
        return clock;
    }

    /** Delivers what waits and answers the newest mail to this address. */
    public Mailbox mails() {
        return new Mailbox(app.services());
    }

    @Override
    public void close() {
        app.close();
    }

    /** The address of a PostgreSQL database as an operator gives it. */
    public static String url(TestDatabase database) {
        return url((DatabaseAddress.PostgresServer) database.config().address());
    }

    private static String url(DatabaseAddress.PostgresServer postgres) {
        String hostAndName = postgres.jdbcUrl().substring("jdbc:postgresql://".length());
        return "postgres://" + postgres.user() + ":" + postgres.password() + "@" + hostAndName;
    }
}
