package dev.latchkey.http;

import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.limit.LimitDecision;
import dev.latchkey.limit.LimitPolicy;
import dev.latchkey.limit.RateLimits;
import dev.latchkey.metrics.Counter;
import dev.latchkey.metrics.Metrics;
import java.time.Duration;
import java.util.Locale;

/**
 * Takes the limits of a route: those it declares, else the ones every route has. Page reads are exempt: they show a form and
 * decide nothing.
 */
final class RouteLimits {
    private final RateLimits limits;
    private final boolean enabled;
    private final Counter refused;
    private final Refusals refusals;

    RouteLimits(RateLimits limits, boolean enabled, Metrics metrics, Refusals refusals) {
        this.limits = limits;
        this.enabled = enabled;
        this.refusals = refusals;
        this.refused = metrics.counter("latchkey_rate_limited_total", "Requests that a limit refused.", "policy");
    }

    static boolean isPageRead(Route route) {
        return route.shape() == ErrorShape.PAGE && route.method() == Method.GET;
    }

    /** Before anything is known about the caller but the address. */
    void takeByAddress(HttpExchange exchange) {
        Route route = exchange.route();
        if (!enabled || route.isUnlimited()) {
            return;
        }
        for (Route.Limit limit : route.limits()) {
            if (limit.perAddress()) {
                takeOfAddress(exchange, limit.policy());
            }
        }
    }

    /** After access is granted. */
    void takeByCaller(HttpExchange exchange) {
        Route route = exchange.route();
        if (!enabled || route.isUnlimited()) {
            return;
        }
        for (Route.Limit limit : route.limits()) {
            String key = limit.perAddress() ? "" : limit.key().apply(exchange);
            if (!key.isEmpty()) {
                take(exchange, limit.policy(), key);
            }
        }
        if (route.limits().isEmpty() && !isPageRead(route)) {
            takeDefault(exchange);
        }
    }

    /** After the answer: a success returns the calls that only failures should cost. */
    void giveBack(HttpExchange exchange) {
        for (TakenLimits.Taken taken : exchange.limits().taken()) {
            if (taken.policy().givenBackOnSuccess()) {
                limits.giveBack(taken.policy(), taken.key());
            }
        }
    }

    /** After a refusal that only asked for a human check: it was no attempt. */
    void giveBackQuestion(HttpExchange exchange) {
        for (TakenLimits.Taken taken : exchange.limits().taken()) {
            if (taken.policy().givenBackOnQuestion()) {
                limits.giveBack(taken.policy(), taken.key());
            }
        }
    }

    private void takeDefault(HttpExchange exchange) {
        switch (exchange.principal()) {
            case Principal.SignedIn user -> {
                boolean administration = exchange.route().access() instanceof Access.Role;
                take(
                        exchange,
                        administration ? LimitPolicy.ADMIN : LimitPolicy.API,
                        user.user().value());
            }
            case Principal.Anonymous anonymous -> takeOfAddress(exchange, LimitPolicy.PUBLIC);
        }
    }

    /**
     * The site comes first: once it has used up its calls, none of its many addresses takes room where calls are counted. What an
     * address of it is refused costs the site nothing, or one neighbour could use up everybody's.
     */
    private void takeOfAddress(HttpExchange exchange, LimitPolicy policy) {
        ClientAddress address = exchange.context().address();
        String key = address.limitKey();
        String site = address.siteLimitKey();
        if (site.equals(key)) {
            take(exchange, policy, key);
            return;
        }
        judge(exchange, policy, site, limits.takeOfSite(policy, site));
        LimitDecision own = limits.take(policy, key);
        if (!own.allowed()) {
            limits.giveBack(policy, site);
        }
        judge(exchange, policy, key, own);
    }

    private void take(HttpExchange exchange, LimitPolicy policy, String key) {
        judge(exchange, policy, key, limits.take(policy, key));
    }

    private void judge(HttpExchange exchange, LimitPolicy policy, String key, LimitDecision decision) {
        exchange.limits().add(policy, key, decision);
        if (!decision.allowed()) {
            refused.increment(policy.name().toLowerCase(Locale.ROOT));
            refusals.limited(exchange.context(), policy, key);
            throw Problem.of(ErrorCode.RATE_LIMITED, "limit " + policy)
                    .retryAfter(decision.reset().isZero() ? Duration.ofSeconds(1) : decision.reset());
        }
    }
}
