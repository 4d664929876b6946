package dev.latchkey.ephemeral;

import java.time.Instant;

/** A counter after an increment, and when its window ends and it starts from nothing again. */
public record Count(long value, Instant resetsAt) {}
