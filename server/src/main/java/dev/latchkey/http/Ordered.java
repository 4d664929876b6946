package dev.latchkey.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects that keep their order, which {@link Map#of} does not: the same build must write the same bytes at each start. */
final class Ordered {
    private Ordered() {}

    static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }
}
