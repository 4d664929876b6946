package dev.latchkey.http;

import dev.latchkey.crypto.DistinctIds;
import java.util.Optional;

/** The id that joins an answer, its log lines and its audit rows. */
public final class RequestId {
    /** The id of the request that this thread serves, for the log's formatter only; everyone else gets it as a parameter. */
    public static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private static final int MAX_LENGTH = 64;

    private RequestId() {}

    /** The client's id where it cannot break a log line or a header, else a fresh one. */
    static String choose(Optional<String> sent, DistinctIds fresh) {
        return sent.filter(RequestId::isHarmless).orElseGet(fresh::uuid);
    }

    private static boolean isHarmless(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
