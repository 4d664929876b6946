package dev.latchkey.hosted;

import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.login.FactorOffer;
import dev.latchkey.page.OfferPage;
import dev.latchkey.page.PagePath;

/** Asks whoever signed in with one factor whether they want a second. Whatever they answer leads where the login was to lead. */
public final class FactorOfferPages {
    private final AccountFrame frame;
    private final Steps steps;
    private final FactorOffer offer;
    private final boolean passkeys;

    /** @param passkeys whether passkeys can be made at this server's address */
    public FactorOfferPages(AccountFrame frame, Steps steps, FactorOffer offer, boolean passkeys) {
        this.frame = frame;
        this.steps = steps;
        this.offer = offer;
        this.passkeys = passkeys;
    }

    public void mount(Mount site) {
        site.get(PagePath.ACCOUNT_OFFER.path(), Access.signedIn(), this::show)
                .summary("Offers a second factor to whoever has none.")
                .takes(Steps.RETURN_TO, "Where to go on: a path here, or a page of a listed front end.");
        site.post(PagePath.ACCOUNT_OFFER.path(), Access.signedIn(), this::decline)
                .summary("Keeps that the person wants none for now, and goes on.");
    }

    private Reply show(Request request) {
        String returnTo = steps.returnTo(request);
        if (!offer.open(request.user())) {
            return Reply.seeOther(Steps.destination(returnTo));
        }
        OfferPage page = new OfferPage(frame.menu(request, PagePath.ACCOUNT_SECURITY), returnTo, passkeys);
        return frame.show(request, PagePath.ACCOUNT_OFFER, page);
    }

    private Reply decline(Request request) {
        offer.decline(request.user());
        return Reply.seeOther(Steps.destination(steps.returnTo(request)));
    }
}
