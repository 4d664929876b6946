package dev.latchkey.page;

import java.util.List;
import java.util.Optional;

/**
 * Where a person is signed in; each entry posts its id as {@code session=}.
 *
 * @param trusted the browsers that skip the second step; each posts its id as {@code forget=}
 */
public record SessionsPage(AccountMenu menu, Optional<String> done, List<Entry> sessions, List<Trusted> trusted) {
    /**
     * @param device a guess at browser and system
     * @param current whether it is the one that looks
     * @param lastUsed a time to be read
     */
    public record Entry(String id, String device, String ip, String since, String lastUsed, boolean current) {}

    /**
     * @param device a guess at browser and system
     * @param since a time to be read
     * @param lastUsed a time to be read
     * @param until a time to be read
     * @param current whether it is the one that looks
     */
    public record Trusted(String id, String device, String since, String lastUsed, String until, boolean current) {}

    /** Whether there is a session beside the one that looks. */
    public boolean elsewhere() {
        return sessions.size() > 1;
    }

    public SessionsPage {
        trusted = List.copyOf(trusted);
        sessions = List.copyOf(sessions);
    }
}
