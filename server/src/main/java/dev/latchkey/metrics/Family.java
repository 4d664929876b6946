package dev.latchkey.metrics;

/** All series of one name. */
sealed interface Family permits Counter, Gauge, Latency {
    void writeTo(StringBuilder out);
}
