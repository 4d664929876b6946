package dev.latchkey.metrics;

/** All series of one name. */
sealed interface Family permits Counter, Observed, Latency {
    void writeTo(StringBuilder out);
}
