package dev.latchkey.boot;

import dev.latchkey.access.CsrfRoutes;
import dev.latchkey.access.PrincipalResolver;
import dev.latchkey.access.RefusalTrail;
import dev.latchkey.access.Revocations;
import dev.latchkey.admin.FirstAdministrator;
import dev.latchkey.admin.FirstAdministratorPages;
import dev.latchkey.admin.UserAdministrationRoutes;
import dev.latchkey.audit.AuditRoutes;
import dev.latchkey.change.ChangeLog;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.StepUp;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.DatabaseAddress;
import dev.latchkey.db.Notifications;
import dev.latchkey.http.AccessLog;
import dev.latchkey.http.ErrorShape;
import dev.latchkey.http.HealthCheck;
import dev.latchkey.http.HttpServer;
import dev.latchkey.http.Json;
import dev.latchkey.http.Mount;
import dev.latchkey.human.HumanService;
import dev.latchkey.issuer.TokenIssuer;
import dev.latchkey.issuer.TokenVerifier;
import dev.latchkey.key.KeyRoutes;
import dev.latchkey.key.KeyUse;
import dev.latchkey.lifecycle.Endings;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.login.LoginFlow;
import dev.latchkey.mail.DevelopmentMailRoutes;
import dev.latchkey.page.AssetRoutes;
import dev.latchkey.page.ErrorRoutes;
import dev.latchkey.page.Pages;
import dev.latchkey.page.StartPage;
import dev.latchkey.page.StartRoutes;
import dev.latchkey.password.PasswordRoutes;
import dev.latchkey.redis.Redis;
import dev.latchkey.token.RefreshFlow;
import dev.latchkey.token.RefreshRoutes;
import dev.latchkey.user.UserDirectory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The composition root: with {@link Services} the only place that makes services. Reads top to bottom as the list of what the
 * server is. A new feature adds its lines to {@code Services}, its routes here, and nothing else.
 */
public final class App implements AutoCloseable {
    private static final Duration LISTENERS_TENDED_EVERY = Duration.ofSeconds(5);
    private static final String CSRF = "csrf";

    private final Services services;
    private final Revocations revocations;
    private final FirstAdministrator firstAdministrator;
    private final TokenIssuer issuer;
    private final HumanService human;
    private final Logins logins;
    private final Background background;
    private final HttpServer server;
    private final List<AutoCloseable> opened = new ArrayList<>();

    public App(Configuration configuration, Clock clock) {
        this(configuration, new Services(configuration, clock));
    }

    /** Over services that were wired already. Closing closes them. */
    App(Configuration configuration, Services wired) {
        this.services = closing(wired);
        this.revocations = new Revocations(services.clock);
        this.firstAdministrator = new FirstAdministrator(
                services.database, services.users, services.passwords, services.links, services.audit);
        this.human = closing(new HumanService(
                configuration.human(),
                services.ephemeral,
                services.database,
                services.audit,
                services.sealer,
                services.secrets,
                services.metrics,
                services.clock));
        this.issuer = new TokenIssuer(
                () -> services.keys.signing(KeyUse.TOKEN), configuration.tokens(), services.secrets, services.clock);
        this.logins = new Logins(services, human, issuer, this::csrfToken);
        this.background = closing(new Background(services, revocations));
        this.server = closing(server(configuration));
        background.repeat(LISTENERS_TENDED_EVERY, server::tend);
        Gauges.register(services.metrics, services, revocations);
        ProcessGauges.register(services.metrics, services.clock);
    }

    /** Begins to serve; returns once the server answers. */
    public void start() {
        followChanges();
        hearOfChanges();
        services.keys.start();
        services.changes.start();
        services.redis.ifPresent(Redis::start);
        server.start();
        background.start();
        // It answers already, but whoever is told that it is ready may rely on Redis.
        services.redis.ifPresent(Redis::awaitTried);
    }

    /** The token of a link that makes the first administrator; empty once there is one. */
    public Optional<String> firstAdministratorToken() {
        return firstAdministrator.invitation(TenantId.MAIN);
    }

    public HttpServer server() {
        return server;
    }

    LoginFlow loginFlow() {
        return logins.flow;
    }

    /** One turn of all that runs by itself, at once: for tests that move the clock. */
    void turn() {
        background.turn();
    }

    public Services services() {
        return services;
    }

    @Override
    public void close() {
        Closing.inReverse(opened);
    }

    /** Before anything is served: a node knows every revocation in force before it accepts a token. */
    private void followChanges() {
        services.changes.on(Endings.SESSION_ENDED, revocations::sessionEnded);
        services.changes.on(UserDirectory.CHANGE, change -> {
            revocations.epochRaised(change);
            services.directory.forget(new UserId(change.subject()));
        });
        services.changes.on(KeyEvents.KEY_CHANGED, change -> services.keys.reload());
        services.changes.on(KeyEvents.MASTER_KEY_CHANGED, change -> services.masterKeys.follow());
        services.changes.onForgotten(() -> {
            services.directory.forgetAll();
            services.keys.reload();
            services.masterKeys.follow();
        });
    }

    /** Only shortens the time until other nodes look; the change log is read all the same. */
    private void hearOfChanges() {
        services.redis.ifPresent(redis -> {
            redis.hear(ChangeLog.CHANNEL, word -> services.changes.wake());
            services.changes.announceBy(() -> redis.tell(ChangeLog.CHANNEL, ""));
        });
        if (services.configuration.database().address() instanceof DatabaseAddress.PostgresServer postgres) {
            closing(new Notifications(postgres, ChangeLog.CHANNEL, services.changes::wake))
                    .start();
        }
    }

    private HttpServer server(Configuration configuration) {
        PrincipalResolver principals = new PrincipalResolver(
                new TokenVerifier(
                        kid -> services.keys.verification(KeyUse.TOKEN, kid), configuration.tokens(), services.clock),
                revocations,
                services.changes,
                services.database,
                services.sessions,
                services.directory);
        Pages pages = new Pages(configuration.pages());
        AccessLog accessLog =
                configuration.http().accessLog() ? closing(AccessLog.to(System.out, services.clock)) : AccessLog.off();
        HttpServer.Needs needs = new HttpServer.Needs(
                principals,
                (session, presented) -> services.sealer.matchesKeyedHash(CSRF, session.value(), presented),
                new RateLimits(services.ephemeral, services.volume, services.clock),
                pages,
                List.of(
                        new HealthCheck("database", this::databaseProblem),
                        new HealthCheck("changes", this::changesProblem),
                        new HealthCheck("master key", services.masterKeys::problem),
                        new HealthCheck("redis", this::redisProblem)),
                accessLog,
                refusalTrail(),
                configuration.human().pageSources(),
                services.tracer,
                configuration.mfa()::requires);
        return new HttpServer(
                configuration.http(),
                configuration.profile(),
                mounts(configuration, pages),
                needs,
                services.metrics,
                services.clock,
                new Json());
    }

    private RefusalTrail refusalTrail() {
        return new RefusalTrail(services.database, services.audit, services.limitHits, services.clock);
    }

    private List<Mount> mounts(Configuration configuration, Pages pages) {
        Mount api = new Mount("/api/v1", ErrorShape.NATIVE);
        Mount auth = new Mount("/api/v1/auth", ErrorShape.NATIVE);
        Mount mfa = new Mount("/api/v1/mfa", ErrorShape.NATIVE);
        Mount passkeys = new Mount("/api/v1/passkeys", ErrorShape.NATIVE);
        Mount site = new Mount("", ErrorShape.PAGE);

        logins.mount(auth, mfa, passkeys, site, pages);
        new RefreshRoutes(new RefreshFlow(
                        services.database,
                        services.refresh,
                        services.sessions,
                        services.users,
                        issuer,
                        configuration.tokens().accessTtl(),
                        services.audit))
                .mount(auth);
        new CsrfRoutes(this::csrfToken).mount(auth);
        new Accounts(services, logins, human, this::csrfToken, stepUp(configuration)).mount(auth, site, pages);
        new PasswordRoutes(services.passwords).mount(api);
        UserAdministrationRoutes administration =
                new UserAdministrationRoutes(services.userAdministration, stepUp(configuration));
        administration.mount(api, "/user-management");
        administration.mount(api, "/users");
        new AuditRoutes(services.auditReader).mount(api);
        new KeyRoutes(services.keys).mount(site);
        new FirstAdministratorPages(pages, firstAdministrator).mount(site);
        boolean docs = configuration.http().servesDocs(configuration.profile());
        new StartRoutes(pages, new StartPage(docs, services.mailbox.isPresent())).mount(site);
        new ErrorRoutes(pages).mount(site);
        AssetRoutes.mount(site, configuration.pages().theme());
        services.mailbox.ifPresent(
                mailbox -> new DevelopmentMailRoutes(mailbox, pages, services.mailRenderer).mount(site));
        return List.of(api, auth, mfa, passkeys, site);
    }

    private StepUp stepUp(Configuration configuration) {
        return new StepUp(configuration.http().stepUp(), services.clock);
    }

    private String csrfToken(SessionId session) {
        return services.sealer.keyedHash(CSRF, session.value());
    }

    private Optional<String> databaseProblem() {
        return services.database.writable() ? Optional.empty() : Optional.of("the database takes no writes");
    }

    /** Known to be away is no reason to send callers elsewhere: it is away for every node, and most goes on without it. */
    private Optional<String> redisProblem() {
        return services.redis.filter(redis -> !redis.hasTried()).map(redis -> "Redis has not been connected to yet");
    }

    private Optional<String> changesProblem() {
        services.changes.requireFresh();
        return Optional.empty();
    }

    private <T extends AutoCloseable> T closing(T service) {
        opened.add(service);
        return service;
    }
}
