package dev.latchkey.page;

import java.util.List;
import java.util.Optional;

/** What a person agreed to, and what can be done with all that is kept about them; posts {@code consents.<kind>}. */
public record PrivacyPage(AccountMenu menu, Optional<String> done, List<Choice> consents) {
    /**
     * @param kind as in the texts {@code consent.<kind>}
     * @param since a time to be read; empty where nothing was decided
     */
    public record Choice(String kind, boolean granted, Optional<String> since) {}

    public PrivacyPage {
        consents = List.copyOf(consents);
    }
}
