package dev.latchkey.page;

import java.util.List;
import java.util.Optional;

/**
 * A person's security events, newest first.
 *
 * @param older the cursor of the page with older ones
 */
public record HistoryPage(AccountMenu menu, List<Entry> events, Optional<String> older) {
    /**
     * @param event in the catalogue, such as {@code login.succeeded.v1}
     * @param time to be read
     * @param byAdministrator whether the operator did it
     */
    public record Entry(
            String id,
            String event,
            String time,
            Optional<String> ip,
            Optional<String> device,
            boolean byAdministrator) {
        /** The key of the words for it. */
        public String key() {
            int version = event.lastIndexOf(".v");
            return "event." + (version < 0 ? event : event.substring(0, version));
        }
    }

    public HistoryPage {
        events = List.copyOf(events);
    }
}
