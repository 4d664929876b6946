package dev.latchkey.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All routes of the server, found segment by segment; a literal segment wins over a placeholder. Unlike the web server's own
 * routing it knows which methods an address takes.
 */
public final class RouteTable {
    /** What is found at an address. */
    sealed interface Match {
        /** A route and the values of its placeholders. */
        record Found(Route route, Map<String, String> parameters) implements Match {}

        /** The address exists, for other methods. */
        record WrongMethod(ErrorShape shape, Set<String> allowed) implements Match {}

        /** Nothing; {@code shape} is that of the nearest mount above. */
        record Nothing(ErrorShape shape) implements Match {}
    }

    private static final String API = "/api";

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<Method, Route> routes = new EnumMap<>(Method.class);
        private @Nullable Node placeholder;
    }

    private final List<Mount> mounts;
    private final List<Route> routes;
    private final Node root = new Node();

    /** @throws IllegalArgumentException where two routes claim the same method and address */
    public RouteTable(List<Mount> mounts) {
        this.mounts = List.copyOf(mounts);
        this.routes = mounts.stream().flatMap(mount -> mount.routes().stream()).toList();
        routes.forEach(this::insert);
    }

    public List<Route> routes() {
        return routes;
    }

    /** One line per route, sorted, for the golden file that reviews every change of the server's surface. */
    public String describe() {
        return RouteDescription.of(routes);
    }

    Match find(String method, String path) {
        List<String> segments = segments(path);
        Node node = path.startsWith("/") ? descend(root, segments, 0) : null;
        if (node == null) {
            return new Match.Nothing(shapeAt(path));
        }
        Route route = Method.of(method).map(node.routes::get).orElse(null);
        return route == null
                ? new Match.WrongMethod(node.routes.values().iterator().next().shape(), allowed(node))
                : new Match.Found(route, parameters(route, segments));
    }

    /** The shape in which an address without a route is refused. */
    ErrorShape shapeAt(String path) {
        Optional<Mount> nearest = Optional.empty();
        for (Mount mount : mounts) {
            if (isUnder(path, mount.base())
                    && nearest.map(Mount::base).orElse("").length()
                            <= mount.base().length()) {
                nearest = Optional.of(mount);
            }
        }
        boolean api = isUnder(path, API);
        return nearest.filter(mount -> !api || isUnder(mount.base(), API))
                .map(Mount::shape)
                .orElse(ErrorShape.NATIVE);
    }

    private void insert(Route route) {
        Node node = root;
        for (String segment : segments(route.path())) {
            if (isPlaceholder(segment)) {
                if (node.placeholder == null) {
                    node.placeholder = new Node();
                }
                node = node.placeholder;
            } else {
                node = node.literals.computeIfAbsent(segment, key -> new Node());
            }
        }
        if (node.routes.putIfAbsent(route.method(), route) != null) {
            throw new IllegalArgumentException(route.method() + " " + route.path() + " is routed twice");
        }
    }

    private static @Nullable Node descend(Node node, List<String> segments, int depth) {
        if (depth == segments.size()) {
            return node.routes.isEmpty() ? null : node;
        }
        Node literal = node.literals.get(segments.get(depth));
        Node found = literal == null ? null : descend(literal, segments, depth + 1);
        if (found == null && node.placeholder != null && !segments.get(depth).isEmpty()) {
            found = descend(node.placeholder, segments, depth + 1);
        }
        return found;
    }

    private static Set<String> allowed(Node node) {
        Set<String> allowed = new TreeSet<>();
        allowed.add("OPTIONS");
        for (Method method : node.routes.keySet()) {
            allowed.add(method.name());
            if (method == Method.GET) {
                allowed.add("HEAD");
            }
        }
        return allowed;
    }

    private static Map<String, String> parameters(Route route, List<String> values) {
        if (route.path().indexOf('{') < 0) {
            return Map.of();
        }
        Map<String, String> parameters = new HashMap<>();
        List<String> names = segments(route.path());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (isPlaceholder(name)) {
                parameters.put(name.substring(1, name.length() - 1), values.get(i));
            }
        }
        return parameters;
    }

    private static boolean isPlaceholder(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static boolean isUnder(String path, String base) {
        return path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
    }

    /** {@code /a/b} is a, b; {@code /} is nothing; an empty segment stays one, so that {@code /a/} is not {@code /a}. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(6);
        int from = 1;
        while (from <= path.length() && path.length() > 1) {
            int slash = path.indexOf('/', from);
            int end = slash < 0 ? path.length() : slash;
            segments.add(path.substring(from, end));
            from = end + 1;
        }
        return segments;
    }
}
