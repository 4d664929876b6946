package dev.latchkey.transfer;

import dev.latchkey.user.PortableUser;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Writes users as {@link UserImport} reads them. What a user does not have is left out (JSON lines) or empty (CSV). */
final class UserWriter {
    private static final List<UserColumn> COLUMNS = List.of(
            UserColumn.ID,
            UserColumn.SOURCE_ID,
            UserColumn.EMAIL,
            UserColumn.EMAIL_VERIFIED,
            UserColumn.EMAIL_VERIFIED_AT,
            UserColumn.NAME,
            UserColumn.PICTURE,
            UserColumn.LOCALE,
            UserColumn.PHONE,
            UserColumn.ROLES,
            UserColumn.STATUS,
            UserColumn.CREATED_AT,
            UserColumn.UPDATED_AT,
            UserColumn.USER_METADATA,
            UserColumn.APP_METADATA);
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JsonMapper json = JsonMapper.shared();
    private final Writer out;
    private final FileFormat format;
    private final List<UserColumn> columns;

    /** @param hashes whether a column for password hashes is written */
    UserWriter(Writer out, FileFormat format, boolean hashes) {
        this.out = out;
        this.format = format;
        this.columns = hashes
                ? Stream.concat(COLUMNS.stream(), Stream.of(UserColumn.PASSWORD_HASH))
                        .toList()
                : COLUMNS;
    }

    void begin() throws IOException {
        if (format == FileFormat.CSV) {
            out.write(columns.stream().map(UserColumn::label).collect(Collectors.joining(",")));
            out.write("\r\n");
        }
    }

    void write(PortableUser user, Optional<String> hash) throws IOException {
        switch (format) {
            case CSV -> {
                out.write(columns.stream()
                        .map(column -> CsvText.field(text(column, user, hash), ','))
                        .collect(Collectors.joining(",")));
                out.write("\r\n");
            }
            case JSONL -> {
                out.write(json.writeValueAsString(object(user, hash)));
                out.write('\n');
            }
        }
    }

    private Map<String, Object> object(PortableUser user, Optional<String> hash) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (UserColumn column : columns) {
            String text = text(column, user, hash);
            if (!text.isEmpty()) {
                object.put(column.label(), value(column, text, user));
            }
        }
        return object;
    }

    private Object value(UserColumn column, String text, PortableUser user) {
        return switch (column) {
            case EMAIL_VERIFIED -> user.emailVerifiedAt().isPresent();
            case ROLES -> user.roles().stream().sorted().toList();
            case USER_METADATA, APP_METADATA -> json.readValue(text, OBJECT);
            case ID,
                    SOURCE_ID,
                    EMAIL,
                    EMAIL_VERIFIED_AT,
                    NAME,
                    PICTURE,
                    LOCALE,
                    PHONE,
                    STATUS,
                    DISABLED,
                    CREATED_AT,
                    UPDATED_AT,
                    PASSWORD_HASH,
                    REJECTED_BECAUSE -> text;
        };
    }

    private static String text(UserColumn column, PortableUser user, Optional<String> hash) {
        return switch (column) {
            case ID -> user.id().value();
            case SOURCE_ID -> user.sourceId().orElse("");
            case EMAIL -> user.email().asTyped();
            case EMAIL_VERIFIED -> String.valueOf(user.emailVerifiedAt().isPresent());
            case EMAIL_VERIFIED_AT ->
                user.emailVerifiedAt().map(Instant::toString).orElse("");
            case NAME -> user.profile().name().orElse("");
            case PICTURE -> user.profile().picture().orElse("");
            case LOCALE -> user.profile().locale().orElse("");
            case PHONE -> user.profile().phone().orElse("");
            case ROLES -> user.roles().stream().sorted().collect(Collectors.joining(" "));
            case STATUS -> user.status().stored();
            case CREATED_AT -> user.createdAt().toString();
            case UPDATED_AT -> user.updatedAt().toString();
            case USER_METADATA -> user.userMetadata().equals("{}") ? "" : user.userMetadata();
            case APP_METADATA -> user.appMetadata().equals("{}") ? "" : user.appMetadata();
            case PASSWORD_HASH -> hash.orElse("");
            case DISABLED, REJECTED_BECAUSE -> "";
        };
    }
}
