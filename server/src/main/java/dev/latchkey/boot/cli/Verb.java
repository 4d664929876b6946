package dev.latchkey.boot.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * What {@code latchkey} can be told to do. Only the verb asked for is made and looked at by reflection: {@code serve} must not
 * pay for the others.
 */
enum Verb {
    SERVE("serve", "Run the server.", ServeCommand::new),
    HEALTH("health", "Ask the server on this machine how it is; exit 0 if it takes traffic.", HealthCommand::new),
    CONFIG_CHECK(
            "config check",
            "Check the configuration; exit 0 if the server would start with it.",
            ConfigCheckCommand::new),
    CONFIG_PRINT(
            "config print",
            "Print every value in force and where it came from, without secrets.",
            ConfigPrintCommand::new),
    CONFIG_REFERENCE(
            "config reference", "Print the reference of all settings as Markdown.", ConfigReferenceCommand::new),
    MIGRATE("migrate", "Bring the database's schema forward; --check only looks.", MigrateCommand::new),
    USERS_CREATE("users create", "Create a user, such as the first administrator.", UsersCreateCommand::new),
    USERS_LIST("users list", "List users, newest first.", UsersListCommand::new),
    USERS_DISABLE("users disable", "Disable a user and end all they hold, at once.", UsersDisableCommand::new),
    USERS_ENABLE("users enable", "Enable a disabled user.", UsersEnableCommand::new),
    USERS_UNLOCK("users unlock", "Unlock a user whom failed logins locked.", UsersUnlockCommand::new),
    USERS_IMPORT(
            "users import",
            "Take users in from a CSV or JSON lines file, with password hashes.",
            UsersImportCommand::new),
    USERS_EXPORT("users export", "Write all users to a CSV or JSON lines file.", UsersExportCommand::new),
    KEYS_LIST("keys list", "List the signing keys.", KeysListCommand::new),
    KEYS_ROTATE("keys rotate", "Publish the next signing key; --now signs with it at once.", KeysRotateCommand::new),
    KEYS_CUT_OFF("keys cut-off", "Emergency: refuse all that a key has signed.", KeysCutOffCommand::new),
    KEYS_IMPORT("keys import", "Take over a signing key from a PEM file.", KeysImportCommand::new),
    KEYS_RESEAL(
            "keys reseal", "Move the database to another master key, beside running servers.", KeysResealCommand::new),
    AUDIT_VERIFY("audit verify", "Prove that the audit trail is as it was written.", AuditVerifyCommand::new),
    AUDIT_EXPORT("audit export", "Write the audit trail as lines of JSON.", AuditExportCommand::new),
    BACKUP("backup", "Back the database up while the server runs.", BackupCommand::new),
    RESTORE("restore", "Put a backup in the place of the database.", RestoreCommand::new),
    DOCTOR("doctor", "Look everything over and say what to do.", DoctorCommand::new),
    REPORT("report", "Count accounts, second factors and security events.", ReportCommand::new),
    MAIL_TEST("mail test", "Send a mail through the configured server and tell each step.", MailTestCommand::new),
    MOVE("move", "Move a SQLite installation to PostgreSQL.", MoveCommand::new),
    CALIBRATE("calibrate", "Choose the cost of password hashes for this machine.", CalibrateCommand::new),
    HASH_PASSWORD("hash-password", "Hash the password on standard input.", HashPasswordCommand::new),
    SMS_TEST("sms test", "Send a test message through the SMS gateway.", SmsTestCommand::new),
    WARMUP(
            "warmup",
            "Exercise a throw-away server, for the start cache; the launcher asks for it.",
            WarmupCommand::new);

    private final String words;
    private final String summary;
    private final Function<PrintStream, Callable<Integer>> command;

    Verb(String words, String summary, Function<PrintStream, Callable<Integer>> command) {
        this.words = words;
        this.summary = summary;
        this.command = command;
    }

    /** As typed: one word or two. */
    String words() {
        return words;
    }

    String summary() {
        return summary;
    }

    /** @param out where the answer goes */
    Callable<Integer> command(PrintStream out) {
        return command.apply(out);
    }

    int wordCount() {
        return words.indexOf(' ') < 0 ? 1 : 2;
    }

    boolean matches(String[] arguments) {
        return wordCount() == 1
                ? arguments.length >= 1 && arguments[0].equals(words)
                : arguments.length >= 2 && words.equals(arguments[0] + " " + arguments[1]);
    }
}
