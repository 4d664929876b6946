package dev.latchkey.http;

import dev.latchkey.core.AuthenticationDemand;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The route table as text: method, path, access, limits, error shape. */
final class RouteDescription {
    private RouteDescription() {}

    static String of(List<Route> routes) {
        return routes.stream()
                .sorted(Comparator.comparing(Route::path).thenComparing(Route::method))
                .map(RouteDescription::line)
                .collect(Collectors.joining());
    }

    static String line(Route route) {
        return "%-6s %-48s %-24s %-32s %s\n"
                .formatted(route.method(), route.path(), access(route.access()), limits(route), name(route.shape()));
    }

    static String access(Access access) {
        return switch (access) {
            case Access.Public open -> "anyone";
            case Access.SignedIn signedIn -> "signed-in";
            case Access.Recent recent -> recent(recent.demand());
            case Access.Role role -> "role:" + String.join("|", new TreeSet<>(role.anyOf()));
            case Access.Development development -> "development";
        };
    }

    private static String recent(AuthenticationDemand demand) {
        String age = demand.maxAge().map(time -> ":" + time.toSeconds() + "s").orElse("");
        return "recent" + age + (demand.twoFactors() ? ":acr=" + AuthenticationDemand.TWO_FACTORS : "");
    }

    private static String limits(Route route) {
        if (route.isUnlimited()) {
            return "unlimited";
        }
        if (route.limits().isEmpty()) {
            return RouteLimits.isPageRead(route) ? "unlimited" : "default";
        }
        return route.limits().stream()
                .map(limit -> name(limit.policy()) + (limit.perAddress() ? "@address" : ""))
                .collect(Collectors.joining(","));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
