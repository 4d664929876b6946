package dev.latchkey.login;

import dev.latchkey.core.ClientId;
import dev.latchkey.core.SessionId;
import dev.latchkey.http.Cookie;
import dev.latchkey.http.Reply;
import dev.latchkey.issuer.AccessClaims;
import dev.latchkey.issuer.MintedToken;
import dev.latchkey.issuer.TokenIssuer;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.Session;
import dev.latchkey.session.SessionMode;
import dev.latchkey.user.User;
import dev.latchkey.user.UserView;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Turns an opened session into what its client gets: tokens or cookie. Called after the commit, because it signs. */
public final class SignInReplies {
    private final TokenIssuer issuer;
    private final Duration lifetime;
    private final Function<SessionId, String> csrf;
    private final FactorOffer offer;
    private final Clock clock;

    /**
     * @param lifetime of an access token
     * @param csrf the CSRF token of a session
     * @param offer says who is told that there are second factors
     */
    public SignInReplies(
            TokenIssuer issuer, Duration lifetime, Function<SessionId, String> csrf, FactorOffer offer, Clock clock) {
        this.issuer = issuer;
        this.lifetime = lifetime;
        this.csrf = csrf;
        this.offer = offer;
        this.clock = clock;
    }

    /** The session, or what is still to be proved. */
    public Reply reply(LoginOutcome outcome) {
        return switch (outcome) {
            case LoginOutcome.Opened opened -> reply(200, opened.signedIn());
            case LoginOutcome.Challenged challenged -> Reply.ok(ChallengeAnswer.of(challenged));
            case LoginOutcome.MustEnrol enrol -> Reply.ok(EnrolmentAnswer.of(enrol));
        };
    }

    public Reply reply(int status, SignedIn signedIn) {
        Reply reply = new Reply(status, new Reply.Body.Data(answer(signedIn)), List.of(), List.of());
        if (signedIn.session().mode() == SessionMode.COOKIE) {
            reply = reply.with(sessionCookie(signedIn));
        }
        if (signedIn.device() instanceof KnownDevices.Sighting.New seen) {
            reply = reply.with(new Cookie(Cookie.DEVICE, seen.secret(), Optional.of(KnownDevices.REMEMBERED)));
        }
        return reply;
    }

    private SignInAnswer answer(SignedIn signedIn) {
        UserView user = UserView.of(signedIn.user());
        return switch (signedIn.session().mode()) {
            case TOKEN -> tokens(user, signedIn);
            case COOKIE ->
                new SignInAnswer(
                        user,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.of(csrf.apply(signedIn.session().id())),
                        Optional.empty(),
                        offer(signedIn));
            case SESSION ->
                new SignInAnswer(
                        user,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        signedIn.secret(),
                        offer(signedIn));
        };
    }

    private SignInAnswer tokens(UserView view, SignedIn signedIn) {
        MintedToken access = issuer.access(claims(signedIn.user(), signedIn.session()));
        return new SignInAnswer(
                view,
                Optional.of(access.token()),
                signedIn.refreshToken(),
                Optional.of("Bearer"),
                OptionalLong.of(lifetime.toSeconds()),
                Optional.empty(),
                Optional.empty(),
                offer(signedIn));
    }

    private Optional<Boolean> offer(SignedIn signedIn) {
        return offer.told(signedIn) ? Optional.of(true) : Optional.empty();
    }

    private static AccessClaims claims(User user, Session session) {
        return new AccessClaims(
                user.id(),
                session.id(),
                session.epoch(),
                ClientId.FIRST_PARTY,
                Set.of(),
                user.roles(),
                session.authentication());
    }

    private Cookie sessionCookie(SignedIn signedIn) {
        Session session = signedIn.session();
        Optional<Duration> maxAge = session.remembered()
                ? Optional.of(Duration.between(clock.instant(), session.expiresAt()))
                : Optional.empty();
        return new Cookie(Cookie.SESSION, signedIn.secret().orElseThrow(), maxAge);
    }
}
