package dev.latchkey.account;

import dev.latchkey.core.EventId;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Pagination;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import java.util.Optional;
import java.util.OptionalLong;

/** What is kept about a person, for that person. */
public final class OwnDataRoutes {
    private static final int PER_PAGE = 50;

    private final SecurityHistory history;
    private final DataExport export;

    public OwnDataRoutes(SecurityHistory history, DataExport export) {
        this.history = history;
        this.export = export;
    }

    public void mount(Mount auth) {
        auth.get("/history", Access.signedIn(), this::list)
                .summary("The own security events, newest first; read on with cursor.")
                .takes("cursor", "The cursor of the page before.")
                .answers(200, SecurityHistory.Entry[].class);
        auth.get("/export", Access.recent(), request -> Reply.ok(export.copy(request.user(), request.context())))
                .summary("A copy of everything that is kept about the signed-in user.")
                .answers(200, DataExport.Copy.class);
    }

    private Reply list(Request request) {
        SecurityHistory.Page page = history.page(request.user(), cursor(request), PER_PAGE, request.context());
        return Reply.list(
                page.entries(),
                new Pagination(0, PER_PAGE, OptionalLong.empty(), page.next().map(EventId::value)));
    }

    /** The event that a page begins below. */
    public static Optional<EventId> cursor(Request request) {
        return request.query("cursor")
                .map(text -> EventId.parse(text)
                        .orElseThrow(() -> Problem.invalid(
                                "cursor", "invalid_cursor", "Send the cursor of the page before, unchanged.")));
    }
}
