package dev.latchkey.audit;

import dev.latchkey.core.UserId;
import java.util.Optional;

/** Who did it. */
public sealed interface Actor {
    /** A signed-in user, or one who just proved a credential. */
    record User(UserId user) implements Actor {}

    /** A part of the server by itself, such as {@code reaper}. */
    record Server(String what) implements Actor {}

    /** Somebody who proved nothing. */
    record Anonymous() implements Actor {}

    /** Whoever can run commands on the server's machine. */
    record Operator() implements Actor {}

    static Actor user(UserId id) {
        return new User(id);
    }

    static Actor server(String what) {
        return new Server(what);
    }

    static Actor anonymous() {
        return new Anonymous();
    }

    static Actor operator() {
        return new Operator();
    }

    /** As stored: {@code user}, {@code server}, {@code anonymous} or {@code operator}. */
    default String kind() {
        return switch (this) {
            case User ignored -> "user";
            case Server ignored -> "server";
            case Anonymous ignored -> "anonymous";
            case Operator ignored -> "operator";
        };
    }

    /** Which one of its kind. */
    default Optional<String> id() {
        return switch (this) {
            case User user -> Optional.of(user.user().value());
            case Server server -> Optional.of(server.what());
            case Anonymous ignored -> Optional.empty();
            case Operator ignored -> Optional.empty();
        };
    }
}
