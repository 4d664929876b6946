package dev.latchkey.page;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Access;
import dev.latchkey.http.ErrorPages;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;

/** A page that tells of a refusal, for those who must lead a browser away from where it was refused. */
public final class ErrorRoutes {
    private final Pages pages;

    public ErrorRoutes(Pages pages) {
        this.pages = pages;
    }

    /** Adds {@code /error} to a mount at the root. */
    public void mount(Mount mount) {
        mount.get(PagePath.ERROR.path(), Access.anyone(), this::show)
                .summary("Tells of a refusal in the words for its code, with a way onward.")
                .takes("code", "A code of an error envelope, such as LOGIN_EXPIRED.");
    }

    /** Says nothing that the address brought along: its words are ours alone. */
    private Reply show(Request request) {
        ErrorCode code = ErrorCode.INVALID_REQUEST;
        String wanted = request.query("code").orElse("");
        for (ErrorCode known : ErrorCode.values()) {
            if (known.name().equalsIgnoreCase(wanted)) {
                code = known;
            }
        }
        return Reply.page(
                200,
                pages.page(new ErrorPages.Refused(
                        Problem.of(code), request.context().requestId(), PagePath.ERROR.path(), request.languages())));
    }
}
