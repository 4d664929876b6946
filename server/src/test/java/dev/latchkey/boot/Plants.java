package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Secret texts that were given to the server or came from it, and the search for their traces. Thread-safe. */
final class Plants {
    private static final int SHORTEST = 14;
    private static final int FAMILY_AND_GENERATION = 20;
    private static final String REFRESH_TOKEN = "lkr_";

    private final Map<String, String> labels = new LinkedHashMap<>();

    /** Remembers a secret and answers it. */
    synchronized String plant(String label, String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException("too short to be told from chance: " + label);
        }
        labels.putIfAbsent(secret, label);
        return secret;
    }

    synchronized int count() {
        return labels.size();
    }

    /** Remembered secrets, in the order they came. */
    synchronized List<String> all() {
        return List.copyOf(labels.keySet());
    }

    /** The labels of the secrets that show in these bytes, as they are, in another case or in a usual encoding. */
    synchronized List<String> foundIn(byte[] bytes) {
        String exact = new String(bytes, ISO_8859_1);
        String folded = exact.toLowerCase(Locale.ROOT);
        return labels.entrySet().stream()
                .filter(plant -> shows(plant.getKey(), exact, folded))
                .map(plant -> plant.getValue() + " (" + plant.getKey() + ")")
                .toList();
    }

    /** Whether this one text shows. */
    static boolean shows(String secret, byte[] bytes) {
        String exact = new String(bytes, ISO_8859_1);
        return shows(secret, exact, exact.toLowerCase(Locale.ROOT));
    }

    private static boolean shows(String secret, String exact, String folded) {
        return traces(secret).stream().anyMatch(exact::contains)
                || folded.contains(secret.toLowerCase(Locale.ROOT))
                || folded.contains(URLEncoder.encode(secret, UTF_8).toLowerCase(Locale.ROOT));
    }

    private static Set<String> traces(String secret) {
        Set<String> traces = new LinkedHashSet<>();
        addTraces(traces, secret.getBytes(UTF_8));
        if (secret.startsWith(REFRESH_TOKEN)) {
            byte[] all = decoded(secret.substring(REFRESH_TOKEN.length()));
            addTraces(traces, Arrays.copyOfRange(all, FAMILY_AND_GENERATION, all.length));
        } else if (secret.chars().filter(c -> c == '.').count() == 2) {
            addTraces(traces, decoded(secret.substring(secret.lastIndexOf('.') + 1)));
        } else {
            addTraces(traces, decoded(secret));
        }
        return traces;
    }

    private static void addTraces(Set<String> traces, byte[] secret) {
        if (secret.length < SHORTEST) {
            return;
        }
        traces.add(new String(secret, ISO_8859_1));
        traces.add(HexFormat.of().formatHex(secret));
        traces.add(HexFormat.of().withUpperCase().formatHex(secret));
        traces.add(Base64.getEncoder().withoutPadding().encodeToString(secret));
        traces.add(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
