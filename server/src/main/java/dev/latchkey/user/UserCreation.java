package dev.latchkey.user;

/** How creating a user ended. */
public sealed interface UserCreation {
    record Created(User user) implements UserCreation {}

    /** The address belongs to {@code owner} already. */
    record EmailTaken(User owner) implements UserCreation {}
}
