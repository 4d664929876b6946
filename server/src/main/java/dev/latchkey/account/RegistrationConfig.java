package dev.latchkey.account;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.user.ConsentKind;
import dev.latchkey.user.Roles;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may sign up, and what a new account starts with.
 *
 * @param domains lower case; only used with {@link RegistrationMode#DOMAINS}
 * @param requiredConsents must be granted at sign-up
 * @param consentVersion the version recorded where a request names none
 */
public record RegistrationConfig(
        RegistrationMode mode,
        VerificationMode verification,
        Set<String> domains,
        String defaultRole,
        Set<String> requiredConsents,
        String consentVersion) {
    private static final Setting<RegistrationMode> MODE = Setting.choice(
            "registration.mode",
            RegistrationMode.OPEN,
            "Who may sign up: open, invite-only, closed, or domains (which makes"
                    + " registration.verification required).");
    private static final Setting<VerificationMode> VERIFICATION = Setting.choice(
            "registration.verification",
            VerificationMode.OPTIONAL,
            "Whether an e-mail address must be proved before its account can sign in: optional or required. With required,"
                    + " sign-up does not tell whether an address is taken.");
    private static final Setting<List<String>> DOMAINS = Setting.list(
            "registration.domains", List.of(), "The e-mail domains that may sign up with registration.mode: domains.");
    private static final Setting<String> DEFAULT_ROLE = Setting.text(
                    "registration.default-role", Roles.USER, "The role of a new account.")
            .check(role -> role.matches("[A-Za-z][A-Za-z0-9_-]{0,62}"), "use letters, digits, _ and -");
    private static final Setting<List<String>> REQUIRED_CONSENTS = Setting.list(
                    "registration.required-consents",
                    List.of(),
                    "Consents without which nobody can sign up: terms, privacy, marketing, dataProcessing.")
            .check(RegistrationConfig::areConsents, "name terms, privacy, marketing or dataProcessing");
    private static final Setting<String> CONSENT_VERSION = Setting.text(
            "registration.consent-version",
            "1",
            "The version of the texts that sign-up shows, recorded with each consent.");

    public static List<Setting<?>> settings() {
        return List.of(MODE, VERIFICATION, DOMAINS, DEFAULT_ROLE, REQUIRED_CONSENTS, CONSENT_VERSION);
    }

    public static RegistrationConfig from(Settings settings) {
        return new RegistrationConfig(
                settings.get(MODE),
                settings.get(VERIFICATION),
                Set.copyOf(settings.get(DOMAINS).stream()
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .toList()),
                settings.get(DEFAULT_ROLE),
                Set.copyOf(settings.get(REQUIRED_CONSENTS)),
                settings.get(CONSENT_VERSION));
    }

    /** A list of domains lets in only whom it names, so there an address must be proved whatever is configured. */
    public boolean verificationRequired() {
        return verification == VerificationMode.REQUIRED || mode == RegistrationMode.DOMAINS;
    }

    /** Whether there is anyone who may sign up by themselves. */
    public boolean open() {
        return mode == RegistrationMode.OPEN || mode == RegistrationMode.DOMAINS;
    }

    boolean allows(EmailAddress email) {
        return switch (mode) {
            case OPEN -> true;
            case INVITE_ONLY, CLOSED -> false;
            case DOMAINS -> domains.contains(email.domain());
        };
    }

    private static boolean areConsents(List<String> names) {
        List<String> known = List.of(ConsentKind.values()).stream()
                .map(ConsentKind::wireName)
                .toList();
        return known.containsAll(names);
    }
}
