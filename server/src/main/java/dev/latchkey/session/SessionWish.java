package dev.latchkey.session;

/** What a client asks of the session that a login opens. */
public record SessionWish(SessionMode mode, boolean remember) {
    public static final SessionWish TOKENS = new SessionWish(SessionMode.TOKEN, false);
}
