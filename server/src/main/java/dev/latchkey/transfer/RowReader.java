package dev.latchkey.transfer;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.Problem;
import dev.latchkey.core.UserId;
import dev.latchkey.core.Validation;
import dev.latchkey.user.Profile;
import dev.latchkey.user.ProfileFields;
import dev.latchkey.user.Roles;
import dev.latchkey.user.UserStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks what a row says, by the same rules as what users say of themselves. */
final class RowReader {
    private static final int MAX_SOURCE_ID = 255;
    private static final int MAX_METADATA = 16 * 1024;
    private static final int MAX_HASH = 1_024;
    private static final Pattern ROLE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
    private static final Pattern BETWEEN_ROLES = Pattern.compile("[\\s,;|]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{9,14}");
    private static final Set<String> YES = Set.of("true", "1", "yes", "t");
    private static final Set<String> NO = Set.of("false", "0", "no", "f");
    /** Numbers below it are seconds: as milliseconds they would be of the early seventies. */
    private static final long LEAST_MILLIS = 100_000_000_000L;

    private final Function<String, Optional<String>> hashComplaint;
    private final Instant now;
    private final JsonMapper json = JsonMapper.shared();

    /**
     * @param hashComplaint why a hash cannot be imported; empty where it can
     * @param now times after it are refused
     */
    RowReader(Function<String, Optional<String>> hashComplaint, Instant now) {
        this.hashComplaint = hashComplaint;
        this.now = now;
    }

    /** @throws Problem VALIDATION_ERROR with everything that is wrong with the row */
    ReadUser read(Map<UserColumn, String> row) {
        Validation check = new Validation();
        Fields fields = new Fields(check, row);
        ReadUser user = new ReadUser(
                fields.id(),
                fields.text(UserColumn.SOURCE_ID, MAX_SOURCE_ID),
                fields.email(),
                fields.flag(UserColumn.EMAIL_VERIFIED),
                fields.time(UserColumn.EMAIL_VERIFIED_AT),
                fields.profile(),
                fields.roles(),
                fields.status(),
                fields.time(UserColumn.CREATED_AT),
                fields.time(UserColumn.UPDATED_AT),
                fields.object(UserColumn.USER_METADATA),
                fields.object(UserColumn.APP_METADATA),
                fields.hash());
        check.require(
                user.emailVerifiedAt().isEmpty() || user.emailVerified().orElse(true),
                UserColumn.EMAIL_VERIFIED_AT.label(),
                "contradiction",
                "The row also says that the address is not verified.");
        check.done();
        return user;
    }

    private final class Fields {
        private final Validation check;
        private final Map<UserColumn, String> row;

        Fields(Validation check, Map<UserColumn, String> row) {
            this.check = check;
            this.row = row;
            row.forEach((column, value) ->
                    check.require(value.indexOf('\uFFFD') < 0, column.label(), "encoding", "Write the file in UTF-8."));
        }

        private @Nullable String raw(UserColumn column) {
            return row.get(column);
        }

        private Optional<String> given(UserColumn column) {
            return Optional.ofNullable(row.get(column)).map(String::strip);
        }

        Optional<String> text(UserColumn column, int max) {
            return check.optionalText(column.label(), raw(column), max);
        }

        EmailAddress email() {
            return check.email(UserColumn.EMAIL.label(), raw(UserColumn.EMAIL));
        }

        Optional<UserId> id() {
            Optional<String> text = given(UserColumn.ID).map(id -> id.toLowerCase(Locale.ROOT));
            Optional<UserId> id = text.flatMap(UserId::parse);
            check.require(
                    id.isPresent() || text.isEmpty(),
                    UserColumn.ID.label(),
                    "not_a_uuid",
                    "An id is a UUID. Give what another system calls the user as sourceId.");
            return id;
        }

        Profile profile() {
            return new Profile(
                    text(UserColumn.NAME, ProfileFields.MAX_NAME),
                    ProfileFields.picture(check, given(UserColumn.PICTURE)),
                    ProfileFields.locale(check, given(UserColumn.LOCALE)),
                    ProfileFields.phone(check, given(UserColumn.PHONE)));
        }

        Optional<Boolean> flag(UserColumn column) {
            Optional<String> text = given(column).map(value -> value.toLowerCase(Locale.ROOT));
            check.require(
                    text.isEmpty() || YES.contains(text.get()) || NO.contains(text.get()),
                    column.label(),
                    "not_a_flag",
                    "Write true or false.");
            return text.map(YES::contains);
        }

        Optional<UserStatus> status() {
            Optional<String> text = given(UserColumn.STATUS).map(value -> value.toLowerCase(Locale.ROOT));
            Optional<Boolean> disabled = flag(UserColumn.DISABLED);
            Optional<UserStatus> status = Arrays.stream(UserStatus.values())
                    .filter(it -> text.filter(it.stored()::equals).isPresent())
                    .findFirst();
            check.require(
                    text.isEmpty() || status.isPresent(),
                    UserColumn.STATUS.label(),
                    "unknown_status",
                    "Write active or disabled.");
            check.require(
                    status.isEmpty() || disabled.isEmpty() || disabled.get() == (status.get() == UserStatus.DISABLED),
                    UserColumn.STATUS.label(),
                    "contradiction",
                    "The columns status and disabled say different things.");
            return status.or(() -> disabled.map(off -> off ? UserStatus.DISABLED : UserStatus.ACTIVE));
        }

        Optional<Set<String>> roles() {
            Optional<Set<String>> roles = given(UserColumn.ROLES)
                    .map(text -> Arrays.stream(BETWEEN_ROLES.split(text))
                            .filter(role -> !role.isEmpty())
                            .map(role -> role.equalsIgnoreCase(Roles.USER) ? Roles.USER : role)
                            .collect(Collectors.toSet()));
            check.require(
                    roles.stream()
                            .flatMap(Set::stream)
                            .allMatch(role -> ROLE.matcher(role).matches()),
                    UserColumn.ROLES.label(),
                    "invalid_role",
                    "A role is letters, digits, _ and -, such as ADMIN; put spaces between several.");
            return roles;
        }

        Optional<Instant> time(UserColumn column) {
            Optional<String> text = given(column);
            try {
                Optional<Instant> time = text.map(RowReader::time);
                check.require(
                        time.isEmpty()
                                || (!time.get().isAfter(now) && !time.get().isBefore(Instant.EPOCH)),
                        column.label(),
                        "not_in_the_past",
                        "The time must be between 1970 and now.");
                return time;
            } catch (DateTimeException | NumberFormatException unreadable) {
                check.reject(column.label(), "not_a_time", "Write a time such as 2024-05-31T12:00:00Z.");
                return Optional.empty();
            }
        }

        Optional<String> object(UserColumn column) {
            Optional<String> text = given(column);
            if (text.isEmpty()) {
                return text;
            }
            try {
                JsonNode node = json.readTree(text.get());
                String compact = json.writeValueAsString(node);
                check.require(node.isObject(), column.label(), "not_an_object", "Write a JSON object such as {}.");
                check.require(
                        compact.length() <= MAX_METADATA,
                        column.label(),
                        "too_long",
                        "Use at most " + MAX_METADATA + " characters of JSON.");
                check.require(
                        compact.indexOf('\0') < 0 && !compact.contains("\\u0000"),
                        column.label(),
                        "invalid_characters",
                        "The NUL character is not allowed.");
                return Optional.of(compact);
            } catch (JacksonException broken) {
                check.reject(column.label(), "not_json", "Write a JSON object such as {}.");
                return Optional.empty();
            }
        }

        Optional<String> hash() {
            Optional<String> hash = given(UserColumn.PASSWORD_HASH);
            Optional<String> complaint = hash.flatMap(
                    text -> text.length() > MAX_HASH ? Optional.of("it is too long") : hashComplaint.apply(text));
            complaint.ifPresent(why -> check.reject(
                    UserColumn.PASSWORD_HASH.label(),
                    "unusable_hash",
                    "This hash cannot be used: " + why
                            + ". Write it in a form that the documentation lists, or leave it out and let the user set a new"
                            + " password by \"forgot password\"."));
            return hash;
        }
    }

    private static Instant time(String text) {
        if (NUMBER.matcher(text).matches()) {
            long number = Long.parseLong(text);
            return number < LEAST_MILLIS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
        }
        String iso = text.replace(' ', 'T');
        boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
        // Without a zone it can only be meant as UTC; without a time of day as midnight.
        String full = iso.indexOf('T') < 0 ? iso + "T00:00:00Z" : zoned ? iso : iso + "Z";
        return Instant.ofEpochMilli(OffsetDateTime.parse(full).toInstant().toEpochMilli());
    }
}
