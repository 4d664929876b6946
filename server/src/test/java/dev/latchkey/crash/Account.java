package dev.latchkey.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the server has acknowledged about one account, and the one request it may have left unanswered. One thread at a time. */
final class Account {
    static final String PASSWORD = "plum-Harbour-42-kite";

    /** What is asked of the server, with the event that the trail must then hold. */
    enum Act {
        SIGN_UP("user.registered.v1"),
        REFRESH("token.refreshed.v1"),
        LOG_OUT("session.logged-out.v1");

        private final String event;

        Act(String event) {
            this.event = event;
        }

        String event() {
            return event;
        }
    }

    enum State {
        /** Not acknowledged yet. */
        NEW,
        LIVE,
        LOGGED_OUT,
        /** The family was ended by a spent token. */
        DEAD
    }

    /** A request under way: its id is the one that the trail names. */
    record Request(String id, Act act) {}

    private final String email = UUID.randomUUID() + "@example.com";
    private final Map<String, Act> acknowledged = new LinkedHashMap<>();
    private final List<String> refreshTokens = new ArrayList<>();
    private String accessToken = "";
    private State state = State.NEW;
    private boolean loginProved;
    private Optional<Request> pending = Optional.empty();

    String email() {
        return email;
    }

    State state() {
        return state;
    }

    /** Requests whose answer came, by id. */
    Map<String, Act> acknowledged() {
        return acknowledged;
    }

    Optional<Request> pending() {
        return pending;
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

    boolean hasTokens() {
        return !refreshTokens.isEmpty();
    }

    /** Whether a login was seen to work since the sign-up. */
    boolean isLoginProved() {
        return loginProved;
    }

    void loginProved() {
        loginProved = true;
    }

    String begin(Act act) {
        Request request = new Request(UUID.randomUUID().toString(), act);
        pending = Optional.of(request);
        return request.id();
    }

    void acknowledgedTokens(String access, String refresh) {
        settle();
        accessToken = access;
        refreshTokens.add(refresh);
        state = State.LIVE;
    }

    void acknowledgedLogout() {
        settle();
        state = State.LOGGED_OUT;
    }

    /** What an unanswered request came to, as the trail tells. */
    void settled(State outcome) {
        pending = Optional.empty();
        state = outcome;
    }

    void reused() {
        state = State.DEAD;
    }

    private void settle() {
        Request request = pending.orElseThrow();
        acknowledged.put(request.id(), request.act());
        pending = Optional.empty();
    }
}
