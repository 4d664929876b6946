package dev.latchkey.crash;

/** What is asked of the server, with the event that the trail holds once it was done. */
enum Act {
    SIGN_UP("user.registered.v1", 4),
    LOG_IN("login.succeeded.v1", 4),
    REFRESH("token.refreshed.v1", 12),
    LOG_OUT("session.logged-out.v1", 2),
    CHANGE_PASSWORD("password.changed.v1", 2),
    FORGET_PASSWORD("password.reset-requested.v1", 2),
    RESET_PASSWORD("password.reset.v1", 3),
    ENROL("mfa.enabled.v1", 2),
    DISABLE("user.disabled.v1", 1);

    private final String event;
    private final int weight;

    Act(String event, int weight) {
        this.event = event;
        this.weight = weight;
    }

    /** How often it is asked for, next to the others. */
    int weight() {
        return weight;
    }

    String event() {
        return event;
    }
}
