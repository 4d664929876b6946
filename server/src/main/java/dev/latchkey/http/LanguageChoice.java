package dev.latchkey.http;

import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The languages that whoever sent a request wants to read. */
final class LanguageChoice {
    private static final String LANGUAGE = "lang";
    private static final Duration KEPT = Duration.ofDays(365);

    private LanguageChoice() {}

    /** Tags in order of preference: asked for in the address, kept by a cookie, the account's own, the browser's. */
    static List<String> of(HttpExchange exchange) {
        List<String> browsers = exchange.header(HeaderNames.ACCEPT_LANGUAGE)
                .map(LanguageHeader::parse)
                .orElse(List.of());
        Optional<String> own =
                exchange.principal() instanceof Principal.SignedIn user ? user.locale() : Optional.empty();
        Optional<String> asked = asked(exchange);
        List<String> chosen = exchange.cookieValues(Cookie.LANGUAGE);
        if (own.isEmpty() && asked.isEmpty() && chosen.isEmpty()) {
            return browsers;
        }
        List<String> all = new ArrayList<>();
        asked.map(LanguageHeader::parse).ifPresent(all::addAll);
        chosen.stream().findFirst().map(LanguageHeader::parse).ifPresent(all::addAll);
        own.ifPresent(all::add);
        all.addAll(browsers);
        return all;
    }

    /** The cookie that keeps the language this page was asked for in; none where it was not, or there is no such language. */
    static Optional<Cookie> kept(HttpExchange exchange, Function<List<String>, Locale> best) {
        return asked(exchange)
                .map(LanguageHeader::parse)
                .filter(tags -> !tags.isEmpty())
                .flatMap(tags -> {
                    Locale offered = best.apply(tags);
                    boolean there = offered.getLanguage()
                            .equals(Locale.forLanguageTag(tags.getFirst()).getLanguage());
                    return there
                            ? Optional.of(new Cookie(Cookie.LANGUAGE, offered.toLanguageTag(), Optional.of(KEPT)))
                            : Optional.empty();
                });
    }

    private static Optional<String> asked(HttpExchange exchange) {
        if (!exchange.rawQuery().contains(LANGUAGE + "=")) {
            return Optional.empty();
        }
        try {
            return exchange.query(LANGUAGE);
        } catch (Problem unreadable) {
            // Whoever needs the query refuses it; the page that says so needs a language.
            return Optional.empty();
        }
    }
}
