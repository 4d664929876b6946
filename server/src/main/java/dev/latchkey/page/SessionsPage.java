package dev.latchkey.page;

import java.util.List;
import java.util.Optional;

/** Where a person is signed in; each entry posts its id as {@code session=}. */
public record SessionsPage(AccountMenu menu, Optional<String> done, List<Entry> sessions) {
    /**
     * @param device a guess at browser and system
     * @param current whether it is the one that looks
     * @param lastUsed a time to be read
     */
    public record Entry(String id, String device, String ip, String since, String lastUsed, boolean current) {}

    public SessionsPage {
        sessions = List.copyOf(sessions);
    }
}
