package dev.latchkey.audit;

import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened and matters to security. Holds no secret, token, code or password, and of a login name that belongs to
 * nobody only its {@link AuditService#nameHash}.
 *
 * @param user whom it concerns; {@code ip}, {@code userAgent} and {@code details} are sealed under this user's data salt
 * @param actor who did it
 * @param requestId of the request, empty outside one
 * @param ip the client's address, empty outside a request
 * @param details keys as in {@link Detail}; values are cut at 1 024 characters
 */
public record SecurityEvent(
        EventType type,
        Outcome outcome,
        TenantId tenant,
        Optional<UserId> user,
        Actor actor,
        String requestId,
        String ip,
        String userAgent,
        Map<String, String> details) {
    private static final int MAX_VALUE = 1024;
    private static final int MAX_DETAILS = 32;

    public SecurityEvent {
        if (type.raisesConsequences() && outcome != type.outcome()) {
            throw new IllegalArgumentException(type
                    + " has consequences, so it is recorded only where it came about; a refused try has its own type");
        }
        if (details.size() > MAX_DETAILS) {
            throw new IllegalArgumentException("an event has at most " + MAX_DETAILS + " details");
        }
        requestId = cut(requestId);
        ip = cut(ip);
        userAgent = cut(userAgent);
        Map<String, String> bounded = new HashMap<>();
        details.forEach((key, value) -> bounded.put(key, cut(value)));
        details = Map.copyOf(bounded);
    }

    /** An event of a request, by nobody known and concerning nobody yet, with the type's usual outcome. */
    public static SecurityEvent of(EventType type, RequestContext context) {
        return new SecurityEvent(
                type,
                type.outcome(),
                context.tenant(),
                Optional.empty(),
                new Actor.Anonymous(),
                context.requestId(),
                context.address().text(),
                context.userAgent(),
                Map.of());
    }

    /** An event outside any request, such as a command or background work. */
    public static SecurityEvent of(EventType type, TenantId tenant, Actor actor) {
        return new SecurityEvent(type, type.outcome(), tenant, Optional.empty(), actor, "", "", "", Map.of());
    }

    /** Concerns this user, who also did it. */
    public SecurityEvent byUser(UserId id) {
        return about(id).by(new Actor.User(id));
    }

    /** Concerns this user. */
    public SecurityEvent about(UserId id) {
        return new SecurityEvent(type, outcome, tenant, Optional.of(id), actor, requestId, ip, userAgent, details);
    }

    public SecurityEvent by(Actor who) {
        return new SecurityEvent(type, outcome, tenant, user, who, requestId, ip, userAgent, details);
    }

    public SecurityEvent with(String key, String value) {
        Map<String, String> more = new HashMap<>(details);
        more.put(key, value);
        return new SecurityEvent(type, outcome, tenant, user, actor, requestId, ip, userAgent, more);
    }

    /** It did not come about, for this reason (a stable code). */
    public SecurityEvent failed(String reason) {
        SecurityEvent because = with(Detail.REASON, reason);
        return new SecurityEvent(
                type, Outcome.FAILURE, tenant, user, actor, requestId, ip, userAgent, because.details());
    }

    private static String cut(String text) {
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE);
    }
}
