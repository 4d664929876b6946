package dev.latchkey.audit;

import dev.latchkey.core.EventId;
import dev.latchkey.core.Problem;
import dev.latchkey.core.UserId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Pagination;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;

/** {@code GET /audit} below the API's base path. */
public final class AuditRoutes {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final AuditReader reader;

    public AuditRoutes(AuditReader reader) {
        this.reader = reader;
    }

    public void mount(Mount mount) {
        mount.get("/audit", Access.role("ADMIN", "ENTERPRISE_ADMIN"), this::list)
                .summary("List security events, newest first; narrow by user, name, from and to, read on with cursor.")
                .takes("user", "The id of the user whom the events concern.")
                .takes("name", "The name of an event, such as login.failed.v1.")
                .takes("from", "The earliest time, in UTC as 2026-01-31T00:00:00Z.")
                .takes("to", "The time before which they were, in UTC.")
                .takes("limit", "Events per page, 1 to " + MAX_LIMIT + "; " + DEFAULT_LIMIT + " if absent.")
                .takes("cursor", "The cursor of the page before.")
                .answers(200, AuditRecord[].class);
    }

    private Reply list(Request request) {
        int limit = request.query("limit").map(AuditRoutes::limit).orElse(DEFAULT_LIMIT);
        AuditFilter filter = new AuditFilter(
                request.context().tenant(),
                request.query("user").map(AuditRoutes::user),
                request.query("name").map(AuditRoutes::name),
                request.query("from").map(text -> time("from", text)),
                request.query("to").map(text -> time("to", text)));
        AuditPage page = reader.list(filter, request.query("cursor").map(AuditRoutes::cursor), limit);
        return Reply.list(
                page.events(),
                new Pagination(0, limit, OptionalLong.empty(), page.next().map(EventId::value)));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, like a number out of range.
        }
        throw Problem.invalid("limit", "out_of_range", "Give a number from 1 to " + MAX_LIMIT + ".");
    }

    private static UserId user(String text) {
        return UserId.parse(text)
                .orElseThrow(() -> Problem.invalid("user", "invalid_id", "Give the id of a user, a lower-case UUID."));
    }

    private static String name(String text) {
        return EventType.of(text)
                .map(EventType::eventName)
                .orElseThrow(() -> Problem.invalid(
                        "name", "unknown_event", "Give the name of an event, such as login.failed.v1."));
    }

    private static Instant time(String field, String text) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(Instant.EPOCH) && time.isBefore(END_OF_TIME)) {
                return time;
            }
        } catch (DateTimeParseException notATime) {
            // Answered below, like a time out of range.
        }
        throw Problem.invalid(field, "invalid_time", "Give a time in UTC, such as 2026-01-31T00:00:00Z.");
    }

    private static EventId cursor(String text) {
        return EventId.parse(text)
                .orElseThrow(() ->
                        Problem.invalid("cursor", "invalid_cursor", "Send the cursor of the page before, unchanged."));
    }
}
