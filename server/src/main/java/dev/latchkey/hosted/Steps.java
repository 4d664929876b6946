package dev.latchkey.hosted;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.Problem;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;
import dev.latchkey.login.FactorOffer;
import dev.latchkey.login.LoginFlow;
import dev.latchkey.login.LoginOutcome;
import dev.latchkey.login.SignInReplies;
import dev.latchkey.login.SignedIn;
import dev.latchkey.otp.LoginCodes;
import dev.latchkey.page.PagePath;
import dev.latchkey.session.SessionMode;
import dev.latchkey.session.SessionWish;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** From one page of a login to the next. */
public final class Steps {
    /** The field and query parameter that says where to go on after a login. */
    static final String RETURN_TO = "return_to";

    private static final int SERVER_ERROR = 500;

    private final LoginFlow login;
    private final SignInReplies replies;
    private final FactorOffer offer;
    private final Destinations destinations;

    public Steps(LoginFlow login, SignInReplies replies, FactorOffer offer, Destinations destinations) {
        this.login = login;
        this.replies = replies;
        this.offer = offer;
        this.destinations = destinations;
    }

    /** Where this request wants to go on, checked; empty for the own account. */
    String returnTo(Request request) {
        return request.form(RETURN_TO)
                .or(() -> request.query(RETURN_TO))
                .flatMap(destinations::allowed)
                .orElse("");
    }

    /** A mailed link knows nothing of where its login was to lead, so the browser that asked for it keeps that. */
    static Cookie remembering(String returnTo) {
        if (returnTo.isEmpty()) {
            return Cookie.remove(Cookie.RETURN);
        }
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(returnTo.getBytes(StandardCharsets.UTF_8));
        return new Cookie(Cookie.RETURN, encoded, Optional.of(LoginCodes.LIFETIME));
    }

    /** Nor does it know whether the session is to outlast the browser. */
    static Cookie remembering(boolean remember) {
        return remember
                ? new Cookie(Cookie.REMEMBER, "true", Optional.of(LoginCodes.LIFETIME))
                : Cookie.remove(Cookie.REMEMBER);
    }

    /** The session that the browser asked for together with the mailed link. */
    static SessionWish wished(Request request) {
        boolean remember =
                request.cookie(Cookie.REMEMBER).filter("true"::equals).isPresent();
        return new SessionWish(SessionMode.COOKIE, remember);
    }

    /** What {@link #remembering(String)} kept, checked once more; empty for the own account. */
    String remembered(Request request) {
        return request.cookie(Cookie.RETURN)
                .flatMap(Steps::decoded)
                .flatMap(destinations::allowed)
                .orElse("");
    }

    private static Optional<String> decoded(String kept) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(kept), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    static String destination(String returnTo) {
        return returnTo.isEmpty() ? PagePath.ACCOUNT.path() : returnTo;
    }

    /** What the browser's login waits for; empty where it has none, or it is over. */
    Optional<LoginOutcome> standing(Request request) {
        return request.cookie(Cookie.LOGIN).flatMap(handle -> login.standing(handle, request.context()));
    }

    static String handle(Request request) {
        return request.cookie(Cookie.LOGIN).orElse("");
    }

    Reply after(LoginOutcome outcome, String returnTo) {
        return switch (outcome) {
            case LoginOutcome.Opened opened ->
                signedIn(opened.signedIn(), Reply.seeOther(onward(opened.signedIn(), returnTo)));
            case LoginOutcome.Challenged challenged -> waiting(PagePath.MFA, challenged.handle(), returnTo);
            case LoginOutcome.MustEnrol enrol -> waiting(PagePath.MFA_ENROLMENT, enrol.handle(), returnTo);
        };
    }

    /** Where the login was to lead; by way of the offer of a second factor, where that is made. */
    private String onward(SignedIn signedIn, String returnTo) {
        return offer.asked(signedIn) ? at(PagePath.ACCOUNT_OFFER.path(), returnTo) : destination(returnTo);
    }

    /** The same after a sign-up: whoever is new has one factor, and was asked nothing yet. */
    String afterSignUp(String returnTo) {
        return offer.made() ? at(PagePath.ACCOUNT_OFFER.path(), returnTo) : destination(returnTo);
    }

    /** A page for whoever has just signed in, with the cookies of the new session. */
    Reply signedIn(SignedIn signedIn, Reply page) {
        Reply all = page;
        for (Cookie cookie : replies.reply(200, signedIn).cookies()) {
            all = all.with(cookie);
        }
        return all.with(Cookie.remove(Cookie.LOGIN));
    }

    /** On with the browser's login where it stands; where it is over, it begins anew. */
    Reply goOn(Request request, String returnTo) {
        return standing(request).map(outcome -> after(outcome, returnTo)).orElseGet(() -> expired(returnTo));
    }

    Reply expired(String returnTo) {
        return Reply.seeOther(at(PagePath.LOGIN.path() + "?expired=1", returnTo))
                .with(Cookie.remove(Cookie.LOGIN));
    }

    static String at(String place, String returnTo) {
        if (returnTo.isEmpty()) {
            return place;
        }
        String separator = place.contains("?") ? "&" : "?";
        return place + separator + RETURN_TO + "=" + URLEncoder.encode(returnTo, StandardCharsets.UTF_8);
    }

    /** What a refusal says in the form; refusals that are not about the form go to the error page. */
    static List<FieldError> complaints(Problem refused, String field) {
        if (refused.code().status() >= SERVER_ERROR
                || refused.code() == ErrorCode.TOKEN_REVOKED
                || refused.code() == ErrorCode.REAUTHENTICATION_REQUIRED) {
            throw refused;
        }
        return refused.details().isEmpty()
                ? List.of(new FieldError(
                        field,
                        refused.sentence().key(),
                        refused.publicMessage(),
                        refused.sentence().values()))
                : refused.details();
    }

    /** The page that shows a refusal, under the refusal's status. */
    static Reply refused(Problem refused, String html) {
        return Reply.refusal(refused, html);
    }

    private static Reply waiting(PagePath page, String handle, String returnTo) {
        return Reply.seeOther(at(page.path(), returnTo)).with(new Cookie(Cookie.LOGIN, handle, Optional.empty()));
    }
}
