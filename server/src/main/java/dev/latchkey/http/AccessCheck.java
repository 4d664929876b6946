package dev.latchkey.http;

import dev.latchkey.config.Profile;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.StepUp;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Decides whether a caller may use a route. */
final class AccessCheck {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpConfig config;
    private final boolean development;
    private final StepUp stepUp;
    private final Refusals refusals;
    private final Predicate<Set<String>> needsTwoFactors;
    private final System.Logger log = System.getLogger("dev.latchkey.http");

    /** @param needsTwoFactors whether users with these roles act in them only after proving two factors */
    AccessCheck(
            HttpConfig config,
            Profile profile,
            Clock clock,
            Refusals refusals,
            Predicate<Set<String>> needsTwoFactors) {
        this.needsTwoFactors = needsTwoFactors;
        this.config = config;
        this.development = profile == Profile.DEVELOPMENT;
        this.stepUp = new StepUp(config.stepUp(), clock);
        this.refusals = refusals;
    }

    /** What does not even exist for this caller: asked first, so that its limits and credentials tell nothing. */
    void checkExists(HttpExchange exchange) {
        if (exchange.route().access() instanceof Access.Development && !isDeveloper(exchange)) {
            throw Problem.of(ErrorCode.NOT_FOUND);
        }
    }

    /** Asked before credentials: a stranger's address learns nothing about tokens on administration routes. */
    void checkPlace(HttpExchange exchange) {
        if (!(exchange.route().access() instanceof Access.Role)) {
            return;
        }
        Connection connection = exchange.connection();
        if (connection.forwarded() && !connection.peerTrusted()) {
            refusePlace(exchange, connection, "the proxy that forwarded it is not in server.trusted-proxies");
        } else if (!isAdminAddress(connection.client())) {
            refusePlace(exchange, connection, "it is not in admin.allowed-addresses");
        }
    }

    void check(HttpExchange exchange) {
        switch (exchange.route().access()) {
            case Access.Public open -> {}
            case Access.Development development -> {}
            case Access.SignedIn signedIn -> exchange.user();
            case Access.Recent recent -> stepUp.require(exchange.user(), recent.demand());
            case Access.Role role -> requireRole(exchange, role.anyOf());
        }
    }

    private void requireRole(HttpExchange exchange, Set<String> roles) {
        Principal.SignedIn user = exchange.user();
        if (Collections.disjoint(user.roles(), roles)) {
            refusals.forbidden(exchange.context(), user, exchange.route().path());
            throw Problem.of(ErrorCode.FORBIDDEN);
        }
        if (needsTwoFactors.test(user.roles()) && !user.authentication().multipleFactors()) {
            throw Problem.of(ErrorCode.MFA_REQUIRED);
        }
    }

    private boolean isAdminAddress(InetAddress address) {
        List<AddressRange> allowed = config.adminAddresses();
        return allowed.isEmpty()
                || (development && address.isLoopbackAddress())
                || allowed.stream().anyMatch(range -> range.contains(address));
    }

    private void refusePlace(HttpExchange exchange, Connection connection, String reason) {
        log.log(
                System.Logger.Level.WARNING,
                () -> "administration was refused to " + connection.client().getHostAddress() + ": " + reason);
        refusals.wrongPlace(exchange.context(), exchange.route().path());
        throw Problem.of(ErrorCode.FORBIDDEN);
    }

    private boolean isDeveloper(HttpExchange exchange) {
        return development
                && exchange.connection().peer().isLoopbackAddress()
                && !exchange.connection().forwarded()
                && LOOPBACK_NAMES.contains(hostName(exchange.authority()));
    }

    private static String hostName(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }
}
