package dev.latchkey.http;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The path of a request as logs show it. Clients put passwords and tokens where none belong, so only the segments that some route
 * is made of and ids are shown.
 */
final class LoggedPath {
    private static final String HIDDEN = "...";
    private static final int UUID_LENGTH = 36;
    private static final int MAX_LENGTH = 512;

    private final Set<String> known = new HashSet<>();

    LoggedPath(List<Route> routes) {
        routes.forEach(route -> known.addAll(Arrays.asList(route.path().split("/"))));
    }

    String of(String path) {
        StringBuilder shown = new StringBuilder(path.length());
        for (int from = 0; from < path.length() && shown.length() < MAX_LENGTH; ) {
            int slash = path.indexOf('/', from + 1);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(from + 1, end);
            shown.append('/').append(known.contains(segment) || isId(segment) ? segment : HIDDEN);
            from = end;
        }
        return shown.toString();
    }

    private static boolean isId(String segment) {
        return segment.length() == UUID_LENGTH
                && segment.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
