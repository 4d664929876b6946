package dev.latchkey.crash;

import dev.latchkey.boot.Answer;
import java.util.ArrayList;
import java.util.List;

/** One session as its client knows it: the tokens that were handed out, and whether it has ended. */
final class Session {
    enum State {
        LIVE,
        /** A refresh was done but not answered: the newest known token is spent. */
        OUT_OF_STEP,
        OVER
    }

    private final List<String> refreshTokens = new ArrayList<>();
    private String accessToken = "";
    private State state = State.LIVE;
    private boolean twoFactors;

    Session(Answer signedIn) {
        renewed(signedIn);
    }

    State state() {
        return state;
    }

    /** Whether it proved two factors, which changes of an account that has two ask for. */
    boolean provedTwo() {
        return twoFactors;
    }

    void provesTwo() {
        twoFactors = true;
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    String accessToken() {
        return accessToken;
    }

    /** The newest acknowledged one. */
    String refreshToken() {
        return refreshTokens.getLast();
    }

    /** All but the newest: each was exchanged. */
    List<String> spentTokens() {
        return refreshTokens.subList(0, refreshTokens.size() - 1);
    }

    void renewed(Answer answer) {
        accessToken = answer.text("/access_token");
        refreshTokens.add(answer.text("/refresh_token"));
        state = State.LIVE;
    }

    void outOfStep() {
        state = State.OUT_OF_STEP;
    }

    void ended() {
        state = State.OVER;
    }
}
