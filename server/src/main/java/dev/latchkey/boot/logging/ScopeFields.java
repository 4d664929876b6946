package dev.latchkey.boot.logging;

import dev.latchkey.http.RequestId;
import dev.latchkey.trace.Span;

/** What this thread is doing, for a line that is written meanwhile. */
final class ScopeFields {
    private ScopeFields() {}

    /** {@code ,"requestId":…,"traceId":…,"spanId":…} as far as there are any; none of them holds what needs escaping. */
    static void write(StringBuilder line) {
        if (RequestId.CURRENT.isBound()) {
            line.append(",\"requestId\":\"").append(RequestId.CURRENT.get()).append('"');
        }
        Span.current().ifPresent(span -> {
            line.append(",\"traceId\":\"").append(span.traceId()).append('"');
            line.append(",\"spanId\":\"").append(span.spanId()).append('"');
        });
    }
}
