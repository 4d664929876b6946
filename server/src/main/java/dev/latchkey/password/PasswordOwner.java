package dev.latchkey.password;

import dev.latchkey.core.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whose password it is: the words a guesser would try first. */
public record PasswordOwner(Optional<EmailAddress> email, Optional<String> name) {
    /** Nothing is known of the owner. */
    public static final PasswordOwner UNKNOWN = new PasswordOwner(Optional.empty(), Optional.empty());

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int MOST_WORDS = 32;

    public static PasswordOwner of(EmailAddress email, Optional<String> name) {
        return new PasswordOwner(Optional.of(email), name);
    }

    /** The whole address and name and each word in them, lower case. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        email.ifPresent(address -> addWithParts(words, address.folded()));
        name.ifPresent(text -> addWithParts(words, text.toLowerCase(Locale.ROOT)));
        return words.stream().distinct().limit(MOST_WORDS).toList();
    }

    private static void addWithParts(List<String> words, String text) {
        words.add(text);
        for (String part : BETWEEN_WORDS.split(text)) {
            if (!part.isEmpty()) {
                words.add(part);
            }
        }
    }
}
