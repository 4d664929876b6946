package dev.latchkey.change;

import dev.latchkey.core.TenantId;
import java.time.Instant;

/**
 * Something every node must hear of. {@code expiresAt} is when it no longer matters to a node that starts later, such as the end
 * of the longest token it revokes. None of it is secret.
 */
public record Change(TenantId tenant, String kind, String subject, String value, Instant expiresAt) {}
