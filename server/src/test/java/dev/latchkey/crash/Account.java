package dev.latchkey.crash;

import dev.latchkey.boot.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the server has acknowledged about one account, and the one request it may have left unanswered. One thread at a time. */
final class Account {
    /** Where the account stands, as far as is known. */
    enum Status {
        /** The sign-up was not acknowledged. */
        UNKNOWN,
        ACTIVE,
        DISABLED
    }

    /**
     * A request under way.
     *
     * @param id the one that the trail names
     * @param done what holds once it was done, answered or not
     * @param undone what holds if it never was
     */
    record Request(String id, Act act, Runnable done, Runnable undone) {}

    private final String email = UUID.randomUUID() + "@example.com";
    private final Map<String, Act> acknowledged = new LinkedHashMap<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<String> formerPasswords = new ArrayList<>();
    private final List<String> spentLinks = new ArrayList<>();
    private String password = newPassword();
    private Status status = Status.UNKNOWN;
    private boolean passwordProved;
    private boolean awaitsLink;
    private boolean forgot;
    private Optional<SecondFactor> secondFactor = Optional.empty();
    private Optional<Request> pending = Optional.empty();

    static String newPassword() {
        return "plum-Harbour-" + UUID.randomUUID();
    }

    String begin(Act act, Runnable done, Runnable undone) {
        Request request = new Request(UUID.randomUUID().toString(), act, done, undone);
        pending = Optional.of(request);
        return request.id();
    }

    /** The answer came. */
    void acknowledge() {
        Request request = pending.orElseThrow();
        acknowledged.put(request.id(), request.act());
        settle(true);
    }

    /** No answer came, but the trail tells. */
    void settle(boolean happened) {
        Request request = pending.orElseThrow();
        pending = Optional.empty();
        (happened ? request.done() : request.undone()).run();
    }

    void signedIn(Answer answer) {
        status = Status.ACTIVE;
        Session session = new Session(answer);
        if (secondFactor.isPresent()) {
            session.provesTwo();
        }
        sessions.add(session);
    }

    void passwordIs(String changed) {
        formerPasswords.add(password);
        password = changed;
        passwordProved = false;
        sessions.forEach(Session::ended);
    }

    void forgotPassword() {
        forgot = true;
        awaitsLink = true;
    }

    void resetBy(String link, String changed) {
        awaitsLink = false;
        spentLinks.add(link);
        passwordIs(changed);
    }

    void enrolled(SecondFactor factor) {
        secondFactor = Optional.of(factor);
    }

    void disabled() {
        status = Status.DISABLED;
        sessions.forEach(Session::ended);
    }

    void passwordProved() {
        passwordProved = true;
    }

    /** Whether it was seen to work since it was set. */
    boolean isPasswordProved() {
        return passwordProved;
    }

    String email() {
        return email;
    }

    String password() {
        return password;
    }

    List<String> formerPasswords() {
        return formerPasswords;
    }

    List<String> spentLinks() {
        return spentLinks;
    }

    Status status() {
        return status;
    }

    /** Whether a link was asked for and not used yet. */
    boolean awaitsLink() {
        return awaitsLink;
    }

    /** A link is asked for once in an account's life. */
    boolean hasForgot() {
        return forgot;
    }

    Optional<SecondFactor> secondFactor() {
        return secondFactor;
    }

    List<Session> sessions() {
        return sessions;
    }

    /** Requests whose answer came, by id. */
    Map<String, Act> acknowledged() {
        return acknowledged;
    }

    Optional<Request> pending() {
        return pending;
    }
}
