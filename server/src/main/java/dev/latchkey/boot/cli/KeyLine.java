package dev.latchkey.boot.cli;

import dev.latchkey.key.KeyInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A signing key as commands print it. */
final class KeyLine {
    private KeyLine() {}

    static Map<String, Object> of(KeyInfo key) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("kid", key.kid());
        row.put("use", key.use().name().toLowerCase(Locale.ROOT));
        row.put("algorithm", key.algorithm().name());
        row.put("state", key.state().name().toLowerCase(Locale.ROOT));
        row.put("activatesAt", key.activatesAt().toString());
        row.put("verifyUntil", key.verifyUntil().map(Instant::toString).orElse(""));
        return row;
    }
}
