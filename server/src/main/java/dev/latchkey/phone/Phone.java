package dev.latchkey.phone;

import dev.latchkey.core.PhoneNumber;
import java.time.Instant;
import java.util.Optional;

/** A proved number. */
public record Phone(PhoneNumber number, Instant createdAt, Optional<Instant> lastUsedAt) {}
