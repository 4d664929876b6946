package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Tx;
import dev.latchkey.issuer.TokenIssuer;
import dev.latchkey.key.KeyUse;
import dev.latchkey.login.SignIn;
import dev.latchkey.login.SignedIn;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.NewSession;
import dev.latchkey.session.SessionMode;
import dev.latchkey.session.SessionWish;
import dev.latchkey.token.RefreshFlow;
import dev.latchkey.transfer.FileFormat;
import dev.latchkey.transfer.ImportOptions;
import dev.latchkey.transfer.ImportedFile;
import dev.latchkey.user.PortableUser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * What a login leaves in the database, by the server's own services and transactions, but for HTTP and the hash: a session, a
 * refresh family that is rotated, audit rows; every third logs out, some fail before, some ask for a link or come from a new
 * browser.
 */
final class DayOfLogins {
    private static final int CALLERS = 16;
    /** A login of so many comes from a browser that nobody knows. */
    static final int NEW_BROWSER_EVERY = 97;
    /** With a login of so many a link to a new password is asked for. */
    static final int LINK_EVERY = 50;

    private final Services services;
    private final SignIn signIn;
    private final RefreshFlow refresh;
    private final List<UserId> users = new ArrayList<>();
    private final String[] devices;

    DayOfLogins(Services services, int users) throws IOException {
        this.services = services;
        this.devices = new String[users];
        Configuration configuration = services.configuration;
        this.signIn = new SignIn(
                services.users,
                services.sessions,
                services.devices,
                services.refresh,
                configuration.grants(),
                services.audit);
        TokenIssuer issuer = new TokenIssuer(
                () -> services.keys.signing(KeyUse.TOKEN), configuration.tokens(), services.secrets, services.clock);
        this.refresh = new RefreshFlow(
                services.database,
                services.refresh,
                services.sessions,
                services.users,
                issuer,
                configuration.tokens().accessTtl(),
                services.audit);
        signUp(users);
    }

    private void signUp(int count) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int user = 0; user < count; user++) {
            lines.append("{\"email\":\"u").append(user).append("@example.com\",\"emailVerified\":true}\n");
        }
        services.userImport.run(
                TenantId.MAIN,
                new ByteArrayInputStream(lines.toString().getBytes(UTF_8)),
                FileFormat.JSONL,
                new ImportOptions(false, false, false),
                new ImportedFile());
        Optional<UserId> after = Optional.empty();
        while (users.size() < count) {
            Optional<UserId> from = after;
            List<PortableUser> page =
                    services.database.read(sql -> services.users.portable().page(sql, TenantId.MAIN, from, 1_000));
            page.forEach(user -> users.add(user.id()));
            after = Optional.of(page.getLast().id());
        }
    }

    /** Logins number {@code from} to {@code to}, from several callers at once; each user's own come one after the other. */
    void run(ExecutorService executor, long from, long to) throws InterruptedException, ExecutionException {
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            long first = from + caller;
            callers.add(() -> {
                for (long number = first; number < to; number += CALLERS) {
                    login(number);
                }
                return true;
            });
        }
        for (Future<Boolean> done : executor.invokeAll(callers)) {
            done.get();
        }
    }

    private void login(long number) {
        int index = (int) (number % users.size());
        UserId user = users.get(index);
        boolean newBrowser = number % NEW_BROWSER_EVERY == 0;
        RequestContext context = context(number, newBrowser ? Optional.empty() : Optional.ofNullable(devices[index]));
        if (number % 10 == 0) {
            fail(user, index, context);
        }
        if (number % LINK_EVERY == 0) {
            services.database.tx(tx -> services.links.create(tx, TenantId.MAIN, LinkKind.RESET_PASSWORD, user, 0, ""));
        }
        SignedIn signedIn = services.database.tx(tx -> open(tx, user, context));
        if (signedIn.device() instanceof KnownDevices.Sighting.New seen && !newBrowser) {
            devices[index] = seen.secret();
        }
        services.sessions.touch(signedIn.session().id());
        refresh.refresh(signedIn.refreshToken().orElseThrow(), context);
        if (number % 3 == 0) {
            logOut(user, signedIn.session().id(), context);
        }
    }

    private SignedIn open(Tx tx, UserId user, RequestContext context) {
        SessionWish wish = new SessionWish(SessionMode.TOKEN, false);
        SignedIn opened = signIn.open(tx, new NewSession(user, 0, Set.of("pwd"), wish), context)
                .orElseThrow();
        services.audit.record(
                tx,
                SecurityEvent.of(EventType.LOGIN_SUCCEEDED, context)
                        .byUser(user)
                        .with(Detail.SESSION, opened.session().id().value())
                        .with(Detail.METHOD, "pwd"));
        return opened;
    }

    private void fail(UserId user, int index, RequestContext context) {
        services.database.tx(tx -> {
            services.audit.record(
                    tx,
                    SecurityEvent.of(EventType.LOGIN_FAILED, context)
                            .about(user)
                            .with(Detail.REASON, "wrong_credentials"));
            return services.lockout.failed(tx, TenantId.MAIN, "u" + index + "@example.com", Optional.empty());
        });
    }

    private void logOut(UserId user, SessionId session, RequestContext context) {
        services.database.tx(tx -> {
            services.audit.record(
                    tx,
                    SecurityEvent.of(EventType.LOGGED_OUT, context).byUser(user).with(Detail.SESSION, session.value()));
            return session;
        });
    }

    private static RequestContext context(long number, Optional<String> device) {
        return new RequestContext(
                "request-" + number,
                TenantId.MAIN,
                new ClientAddress(InetAddress.getLoopbackAddress()),
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                device,
                Locale.ENGLISH);
    }
}
