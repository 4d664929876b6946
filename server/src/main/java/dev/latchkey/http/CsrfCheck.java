package dev.latchkey.http;

import dev.latchkey.core.CredentialKind;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A write that only a cookie vouches for must also carry the session's CSRF token and come from one of our origins. Browsers
 * send Origin with every such request of another site; a client that sends none, nor Sec-Fetch-Site, is no browser.
 * A form that begins something new, such as a login, needs no token and comes from our own pages only.
 */
final class CsrfCheck {
    private final CsrfTokens tokens;
    private final Origins origins;

    CsrfCheck(CsrfTokens tokens, Origins origins) {
        this.tokens = tokens;
        this.origins = origins;
    }

    void check(HttpExchange exchange) {
        if (exchange.route().method().isSafe()) {
            return;
        }
        if (exchange.route().isFromOwnPages()) {
            if (!isFrom(exchange, origins::isOurs)) {
                throw Problem.of(ErrorCode.INVALID_CSRF_TOKEN, "a form of another site");
            }
            return;
        }
        if (!(exchange.principal() instanceof Principal.SignedIn user) || user.credential() != CredentialKind.COOKIE) {
            return;
        }
        if (!isFrom(exchange, origin -> origins.isOurs(origin) || origins.isAllowed(origin))) {
            throw Problem.of(ErrorCode.INVALID_CSRF_TOKEN, "wrong origin");
        }
        if (!tokens.isTokenOf(user.session(), sentToken(exchange).orElse(""))) {
            throw Problem.of(ErrorCode.INVALID_CSRF_TOKEN, "wrong token");
        }
    }

    private static boolean isFrom(HttpExchange exchange, Predicate<String> right) {
        Optional<String> origin = exchange.header("Origin");
        // A page that sends no referrer, because its address holds a token, makes browsers send "null". Sec-Fetch-Site
        // then tells, which no script can set, where the form stood.
        boolean hidden = origin.filter("null"::equals).isPresent()
                && exchange.header("Sec-Fetch-Site").isPresent();
        if (origin.isPresent() && !hidden) {
            return right.test(origin.get());
        }
        String site = exchange.header("Sec-Fetch-Site").orElse("same-origin");
        return site.equals("same-origin") || site.equals("none");
    }

    private static Optional<String> sentToken(HttpExchange exchange) {
        return exchange.header("X-CSRF-Token")
                .or(() -> exchange.header("X-XSRF-Token"))
                .or(() -> exchange.form("_csrf"));
    }
}
