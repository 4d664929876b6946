package dev.latchkey.passkey;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a browser says about a new passkey beside the signed part: good for lists and prompts, proves nothing. */
final class BrowserHints {
    private static final Set<String> ATTACHMENTS = Set.of("platform", "cross-platform");
    private static final int LONGEST_TRANSPORT = 32;

    private BrowserHints() {}

    static Optional<Boolean> discoverable(RegistrationResponse answer) {
        return answer.clientExtensionResults()
                .flatMap(RegistrationResponse.ExtensionResults::credProps)
                .flatMap(RegistrationResponse.CredentialProperties::rk);
    }

    static Optional<String> attachment(RegistrationResponse answer) {
        return answer.authenticatorAttachment().filter(ATTACHMENTS::contains);
    }

    /** Words of letters and dashes only: they are stored with blanks between and shown to browsers again. */
    static List<String> transports(RegistrationResponse answer) {
        List<String> words = new ArrayList<>();
        for (String transport : answer.response().transports().orElse(List.of())) {
            if (words.size() < Sizes.TRANSPORTS && isWord(transport) && !words.contains(transport)) {
                words.add(transport);
            }
        }
        return words;
    }

    private static boolean isWord(String text) {
        return Objects.nonNull(text)
                && !text.isEmpty()
                && text.length() <= LONGEST_TRANSPORT
                && text.equals(text.toLowerCase(Locale.ROOT))
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }
}
