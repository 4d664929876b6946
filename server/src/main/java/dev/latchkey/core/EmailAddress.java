package dev.latchkey.core;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address in the two forms we keep: {@code asTyped} for mail and display, {@code folded} for comparing. Folding is
 * NFKC, lower case and an ASCII domain (RFC 5890); the local part keeps dots and tags, which belong to the mailbox's owner.
 */
public record EmailAddress(String asTyped, String folded) {
    /** Stands in for an address that was rejected, until {@link Validation#done()} throws. */
    static final EmailAddress PLACEHOLDER = new EmailAddress("invalid@invalid", "invalid@invalid");

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL = 64;
    // RFC 5322 dot-atom plus UTF-8 letters (RFC 6531); quoted local parts are not taken.
    private static final Pattern LOCAL =
            Pattern.compile("[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** The address in untrusted text, or empty where it is none (RFC 5321 section 4.5.3.1 gives the lengths). */
    public static Optional<EmailAddress> parse(String text) {
        String typed = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
        int at = typed.lastIndexOf('@');
        if (at < 1 || at == typed.length() - 1 || typed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String local = typed.substring(0, at);
        Optional<String> domain = asciiDomain(typed.substring(at + 1));
        if (local.length() > MAX_LOCAL || !LOCAL.matcher(local).matches() || domain.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EmailAddress(typed, local.toLowerCase(Locale.ROOT) + "@" + domain.get()));
    }

    /** The part after the at sign, in ASCII lower case. */
    public String domain() {
        return folded.substring(folded.lastIndexOf('@') + 1);
    }

    @Override
    public String toString() {
        return asTyped;
    }

    private static Optional<String> asciiDomain(String domain) {
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return DOMAIN.matcher(ascii).matches() ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException notADomain) {
            return Optional.empty();
        }
    }
}
