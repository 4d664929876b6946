package dev.latchkey.page;

import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;

/** Serves the bare address, which people open because a start prints it. */
public final class StartRoutes {
    private final Pages pages;
    private final StartPage page;

    public StartRoutes(Pages pages, StartPage page) {
        this.pages = pages;
        this.page = page;
    }

    /** Adds {@code /} to a mount at the root. */
    public void mount(Mount mount) {
        mount.get(
                        "/",
                        Access.anyone(),
                        request -> Reply.page(200, pages.start(request.context().locale(), page)))
                .summary("Says what this server is, and where to look next.");
    }
}
