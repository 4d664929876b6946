package dev.latchkey.user;

import dev.latchkey.core.Validation;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the parts of a profile may hold. */
public final class ProfileFields {
    public static final int MAX_NAME = 200;

    private static final int MAX_PICTURE = 2048;
    private static final int MAX_LOCALE = 35;
    // E.164: a plus sign and up to 15 digits; spaces and dashes are for reading.
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ().-]{4,24}");

    private ProfileFields() {}

    /** A BCP 47 language tag, in its canonical case. */
    public static Optional<String> locale(Validation check, Optional<String> locale) {
        Optional<String> text = check.optionalText("locale", locale.orElse(null), MAX_LOCALE);
        if (text.isEmpty()) {
            return text;
        }
        String tag = Locale.forLanguageTag(text.get().replace('_', '-')).toLanguageTag();
        check.require(!tag.equals("und"), "locale", "invalid_locale", "Give a language tag such as en or pt-BR.");
        return Optional.of(tag);
    }

    public static Optional<String> phone(Validation check, Optional<String> phone) {
        Optional<String> text = check.optionalText("phone", phone.orElse(null), 32);
        check.require(
                text.isEmpty() || PHONE.matcher(text.get()).matches(),
                "phone",
                "invalid_phone",
                "Give a phone number such as +4930123456.");
        return text;
    }

    /** An https address: pages show it to other people. */
    public static Optional<String> picture(Validation check, Optional<String> picture) {
        Optional<String> text = check.optionalText("picture", picture.orElse(null), MAX_PICTURE);
        check.require(
                text.isEmpty() || isHttps(text.get()),
                "picture",
                "invalid_url",
                "Give the https address of a picture.");
        return text;
    }

    private static boolean isHttps(String text) {
        try {
            URI uri = URI.create(text);
            return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
