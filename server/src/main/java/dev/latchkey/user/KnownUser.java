package dev.latchkey.user;

import dev.latchkey.core.UserId;
import java.util.Optional;

/**
 * An account that a row of an import may mean.
 *
 * @param folded the address in force
 * @param sourceId under which it was imported
 */
public record KnownUser(UserId id, String folded, Optional<String> sourceId) {}
