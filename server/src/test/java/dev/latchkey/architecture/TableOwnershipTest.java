package dev.latchkey.architecture;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One package owns a table; no other names it in SQL. Foreign keys in migrations are the exception. */
class TableOwnershipTest {
    private static final Map<String, String> OWNERS = Map.ofEntries(
            entry("change", "change"),
            entry("change_head", "change"),
            entry("ephemeral", "ephemeral"),
            entry("job_lease", "lease"),
            entry("outbox", "outbox"),
            entry("signing_key", "key"),
            entry("master_key_check", "key"),
            entry("former_master_key", "key"),
            entry("app_user", "user"),
            entry("user_identifier", "user"),
            entry("user_consent", "user"),
            entry("user_former_email", "user"),
            entry("user_role", "user"),
            entry("user_source", "user"),
            entry("password_credential", "password"),
            entry("password_history", "password"),
            entry("passkey", "passkey"),
            entry("failure_counter", "lockout"),
            entry("schema_floor", "db"),
            entry("sign_up_attempt", "password"),
            entry("session", "session"),
            entry("known_device", "session"),
            entry("refresh_family", "grant"),
            entry("link", "otp"),
            entry("login_code", "otp"),
            entry("factor_recovery", "recovery"),
            entry("backup_code", "otp"),
            entry("totp_device", "totp"),
            entry("phone_factor", "phone"),
            entry("unproved_mail", "mail"),
            entry("audit_event", "audit"),
            entry("audit_block", "audit"));

    /** Reads any table for reports, on a connection that cannot write. */
    private static final String REPORTS = "dev.latchkey.admin.report";

    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");
    private static final Pattern CREATED =
            Pattern.compile("\\bcreate\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMED =
            Pattern.compile("\\b(?:from|join|into|update|table)\\s+(?:only\\s+)?(\\w+)", Pattern.CASE_INSENSITIVE);

    @Test
    void everyTableHasAnOwner() throws IOException {
        assertThat(OWNERS.keySet())
                .as("tables of the migrations, in the table above")
                .containsAll(created());
    }

    @Test
    void onlyTheOwnerNamesATable() {
        List<String> wrong = CompiledClass.all().stream()
                .filter(it -> !it.isTest() && !it.packageName().equals(REPORTS))
                .flatMap(it -> it.strings().stream()
                        .filter(TableOwnershipTest::isStatement)
                        .flatMap(sql -> named(sql))
                        .filter(table -> !OWNERS.getOrDefault(table, it.unit()).equals(it.unit()))
                        .map(table -> it.name() + " names " + table))
                .distinct()
                .toList();
        assertThat(wrong).isEmpty();
    }

    private static boolean isStatement(String text) {
        String start = text.strip().toLowerCase(Locale.ROOT);
        return Stream.of("select", "insert", "update", "delete", "with", "merge")
                .anyMatch(start::startsWith);
    }

    private static Stream<String> named(String sql) {
        return NAMED.matcher(sql).results().map(it -> it.group(1).toLowerCase(Locale.ROOT));
    }

    private static Set<String> created() throws IOException {
        Set<String> tables = new TreeSet<>();
        if (!Files.isDirectory(MIGRATIONS)) {
            return tables;
        }
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            for (Path file : files.toList()) {
                Matcher matcher = CREATED.matcher(Files.readString(file));
                while (matcher.find()) {
                    tables.add(matcher.group(1).toLowerCase(Locale.ROOT));
                }
            }
        }
        return tables;
    }
}
