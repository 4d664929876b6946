package dev.latchkey.http;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that must work before this server takes traffic.
 *
 * @param name a short word, such as {@code database}
 * @param problem what is wrong, for operators only; empty while all is well; may throw instead
 */
public record HealthCheck(String name, Supplier<Optional<String>> problem) {}
