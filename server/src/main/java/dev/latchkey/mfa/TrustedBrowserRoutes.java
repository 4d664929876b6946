package dev.latchkey.mfa;

import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.session.TrustedBrowser;

/** What signed-in users call about the browsers that pass for their second factor. */
public final class TrustedBrowserRoutes {
    private final TrustedBrowserFlow browsers;

    /**
     * A browser; times are ISO 8601 in UTC.
     *
     * @param device a guess at browser and system
     * @param lastUsed the last login from it, to the day
     * @param current whether the request came from it
     */
    record View(String id, String device, String since, String lastUsed, String until, boolean current) {
        static View of(TrustedBrowser browser) {
            return new View(
                    browser.id(),
                    browser.device(),
                    browser.since().toString(),
                    browser.lastSeen().toString(),
                    browser.until().toString(),
                    browser.current());
        }
    }

    public TrustedBrowserRoutes(TrustedBrowserFlow browsers) {
        this.browsers = browsers;
    }

    /** @param mfa under {@code /api/v1/mfa} */
    public void mount(Mount mfa) {
        mfa.get("/trusted-devices", Access.signedIn(), this::list)
                .summary("The browsers that pass for the second factor of the signed-in user.")
                .answers(200, View[].class);
        mfa.delete("/trusted-devices", Access.signedIn(), this::forgetAll)
                .summary("Ask each of them for a second factor again.")
                .answers(204, Void.class);
        mfa.delete("/trusted-devices/{id}", Access.signedIn(), this::forget)
                .summary("Ask one of them for a second factor again.")
                .answers(204, Void.class);
    }

    private Reply list(Request request) {
        return Reply.ok(browsers.list(request.user(), request.context()).stream()
                .map(View::of)
                .toList());
    }

    private Reply forget(Request request) {
        browsers.forget(request.user(), request.path("id"), request.context());
        return Reply.noContent();
    }

    private Reply forgetAll(Request request) {
        browsers.forgetAll(request.user(), request.context());
        return Reply.noContent();
    }
}
