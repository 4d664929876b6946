package dev.latchkey.account;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.Validation;
import dev.latchkey.user.Profile;
import dev.latchkey.user.ProfileFields;
import dev.latchkey.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of {@code PATCH me}: what is absent stays, an empty text removes. Nothing else of a user can be set this way.
 *
 * @param userMetadata replaces the whole object
 * @param currentPassword stands in for a recent login where the e-mail address changes
 */
public record ProfileChange(
        Optional<String> name,
        Optional<String> picture,
        Optional<String> locale,
        Optional<String> phone,
        Optional<Map<String, Object>> userMetadata,
        Optional<String> email,
        Optional<String> currentPassword) {
    private static final int MAX_METADATA = 16 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    public ProfileChange(
            Optional<String> name,
            Optional<String> picture,
            Optional<String> locale,
            Optional<String> phone,
            Optional<Map<String, Object>> userMetadata,
            Optional<String> email,
            Optional<String> currentPassword) {
        Validation check = new Validation();
        this.name = kept(name, check.optionalText("name", orNull(name), ProfileFields.MAX_NAME));
        this.picture = kept(picture, ProfileFields.picture(check, picture));
        this.locale = kept(locale, ProfileFields.locale(check, locale));
        this.phone = kept(phone, ProfileFields.phone(check, phone));
        this.userMetadata = userMetadata;
        check.require(
                userMetadata
                                .map(object -> JSON.writeValueAsString(object).length())
                                .orElse(0)
                        <= MAX_METADATA,
                "userMetadata",
                "too_long",
                "Use at most 16384 characters of JSON.");
        this.email = email.map(text -> check.email("email", text).asTyped());
        this.currentPassword = currentPassword;
        check.done();
    }

    /** What a form says of the profile; an empty text removes. */
    public static ProfileChange ofForm(String name, String picture, String locale) {
        return new ProfileChange(
                Optional.of(name),
                Optional.of(picture),
                Optional.of(locale),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Another e-mail address, after a recent login. */
    public static ProfileChange ofAddress(String email) {
        return new ProfileChange(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(email),
                Optional.empty());
    }

    Optional<EmailAddress> address() {
        return email.flatMap(EmailAddress::parse);
    }

    /** The names of the profile's fields that the request sets, without the address. */
    List<String> fields() {
        List<String> fields = new ArrayList<>();
        name.ifPresent(value -> fields.add("name"));
        picture.ifPresent(value -> fields.add("picture"));
        locale.ifPresent(value -> fields.add("locale"));
        phone.ifPresent(value -> fields.add("phone"));
        userMetadata.ifPresent(value -> fields.add("userMetadata"));
        return fields;
    }

    Profile appliedTo(Profile old) {
        return new Profile(
                set(name, old.name()), set(picture, old.picture()), set(locale, old.locale()), set(phone, old.phone()));
    }

    String metadata(User old) {
        return userMetadata.map(JSON::writeValueAsString).orElse(old.userMetadata());
    }

    @Override
    public String toString() {
        return "ProfileChange[redacted]";
    }

    /** An empty text stays distinct from an absent one: it removes. */
    private static Optional<String> kept(Optional<String> sent, Optional<String> cleaned) {
        return sent.isEmpty() ? Optional.empty() : Optional.of(cleaned.orElse(""));
    }

    private static Optional<String> set(Optional<String> change, Optional<String> old) {
        return change.isEmpty() ? old : change.filter(text -> !text.isEmpty());
    }

    private static @Nullable String orNull(Optional<String> text) {
        return text.orElse(null);
    }
}
