package dev.latchkey.hosted;

import dev.latchkey.account.OwnDataRoutes;
import dev.latchkey.account.SecurityHistory;
import dev.latchkey.core.EventId;
import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.page.HistoryPage;
import dev.latchkey.page.PagePath;
import java.time.Instant;

/** What happened to the own account. */
public final class HistoryPages {
    private static final int PER_PAGE = 30;

    private final AccountFrame frame;
    private final SecurityHistory history;

    public HistoryPages(AccountFrame frame, SecurityHistory history) {
        this.frame = frame;
        this.history = history;
    }

    public void mount(Mount site) {
        site.get(PagePath.ACCOUNT_HISTORY.path(), Access.signedIn(), this::show)
                .summary("What happened to the own account, newest first.")
                .takes("cursor", "The cursor of the page before.");
    }

    private Reply show(Request request) {
        SecurityHistory.Page page =
                history.page(request.user(), OwnDataRoutes.cursor(request), PER_PAGE, request.context());
        return frame.show(
                request,
                PagePath.ACCOUNT_HISTORY,
                new HistoryPage(
                        frame.menu(request, PagePath.ACCOUNT_HISTORY),
                        page.entries().stream()
                                .map(event -> entry(request, event))
                                .toList(),
                        page.next().map(EventId::value)));
    }

    private HistoryPage.Entry entry(Request request, SecurityHistory.Entry event) {
        return new HistoryPage.Entry(
                event.id(),
                event.name(),
                frame.time(request, Instant.parse(event.at())),
                event.ip(),
                event.device(),
                event.by().equals("administrator"));
    }
}
