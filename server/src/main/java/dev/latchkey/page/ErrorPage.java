package dev.latchkey.page;

import java.util.Optional;

/**
 * A refusal, told to a person.
 *
 * @param status the HTTP status
 * @param message what happened and what to do, for anyone to read
 * @param delay how long to wait, in words
 * @param requestId what the operator needs to find it in the log
 */
public record ErrorPage(
        int status, String message, Optional<String> delay, String requestId, Optional<PageLink> onward) {}
