package dev.latchkey.audit;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The catalogue of security events. A name is for ever: what changes its meaning gets a new version at its end. Each entry has
 * the name stored in {@code audit_event.name}, the short action name that user histories show, the name in the OWASP Logging
 * Vocabulary (empty where it has none), its usual outcome, and whether {@link Consequences} follow.
 */
public enum EventType {
    USER_REGISTERED("user.registered.v1", "REGISTER", "user_created", Follows.YES),
    REGISTRATION_REFUSED("user.registration-refused.v1", "REGISTER", "", Outcome.FAILURE, Follows.NO),
    USER_CREATED("user.created.v1", "USER_CREATE", "user_created", Follows.YES),
    /** An operator brought the account from another system. */
    USER_IMPORTED("user.imported.v1", "USER_IMPORT", "user_created", Follows.NO),
    USERS_EXPORTED("user.exported.v1", "USER_EXPORT", "sensitive_read", Follows.NO),
    FIRST_ADMIN_CREATED("user.first-admin-created.v1", "FIRST_ADMIN_CREATE", "user_created", Follows.YES),
    PROFILE_UPDATED("user.profile-updated.v1", "PROFILE_UPDATE", "user_updated", Follows.YES),
    /** The person took a copy of everything that is kept about them. */
    DATA_EXPORTED("user.data-exported.v1", "DATA_EXPORT", "sensitive_read", Follows.NO),
    CONSENT_RECORDED("user.consent-recorded.v1", "CONSENT", "user_updated", Follows.NO),
    ROLES_CHANGED("user.roles-changed.v1", "ROLE_CHANGE", "privilege_permissions_changed", Follows.YES),
    USER_DISABLED("user.disabled.v1", "ACCOUNT_DISABLE", "user_archived", Follows.YES),
    USER_ENABLED("user.enabled.v1", "ACCOUNT_ENABLE", "user_updated", Follows.YES),
    USER_LOCKED("user.locked.v1", "ACCOUNT_LOCKED", "authn_login_lock", Follows.YES),
    USER_UNLOCKED("user.unlocked.v1", "ACCOUNT_UNLOCKED", "user_updated", Follows.YES),
    ACCOUNT_DELETED("user.deleted.v1", "ACCOUNT_DELETE", "user_deleted", Follows.YES),
    /** A person proved a mailbox by another way than the account's own verification: what was set before is void. */
    MAILBOX_CLAIMED("user.mailbox-claimed.v1", "MAILBOX_CLAIM", "user_updated", Follows.YES),

    EMAIL_VERIFICATION_SENT("email.verification-sent.v1", "EMAIL_VERIFICATION_SEND", "", Follows.NO),
    EMAIL_VERIFIED("email.verified.v1", "EMAIL_VERIFY", "user_updated", Follows.YES),
    EMAIL_CHANGE_REQUESTED("email.change-requested.v1", "EMAIL_CHANGE_REQUEST", "user_updated", Follows.YES),
    EMAIL_CHANGED("email.changed.v1", "EMAIL_CHANGE", "user_updated", Follows.YES),

    LOGIN_CODE_SENT("login.code-sent.v1", "LOGIN_CODE_SEND", "", Follows.NO),
    /** So many wrong mailed codes in a row that none is accepted until another login. */
    LOGIN_CODES_BLOCKED("login.codes-blocked.v1", "LOGIN_CODES_BLOCKED", "authn_login_lock", Follows.YES),
    LOGIN_SUCCEEDED("login.succeeded.v1", "LOGIN", "authn_login_success", Follows.NO),
    LOGIN_FAILED("login.failed.v1", "LOGIN", "authn_login_fail", Outcome.FAILURE, Follows.NO),
    NEW_DEVICE_SEEN("login.new-device.v1", "NEW_DEVICE", "", Follows.YES),
    REAUTHENTICATED("login.reauthenticated.v1", "REAUTHENTICATE", "authn_login_success", Follows.NO),
    REAUTHENTICATION_FAILED(
            "login.reauthentication-failed.v1", "REAUTHENTICATE", "authn_login_fail", Outcome.FAILURE, Follows.NO),

    /** Two factors are asked for from now on. */
    MFA_ENABLED("mfa.enabled.v1", "MFA_ENABLE", "user_updated", Follows.YES),
    MFA_DISABLED("mfa.disabled.v1", "MFA_DISABLE", "user_updated", Follows.YES),
    FACTOR_ADDED("mfa.factor-added.v1", "FACTOR_ADD", "user_updated", Follows.YES),
    FACTOR_REMOVED("mfa.factor-removed.v1", "FACTOR_REMOVE", "user_updated", Follows.YES),
    /** A code left, for a login, a step-up or to prove a number. */
    FACTOR_CODE_SENT("mfa.code-sent.v1", "MFA_CODE_SEND", "", Follows.NO),
    FACTOR_REFUSED("mfa.factor-refused.v1", "FACTOR_ADD", "", Outcome.FAILURE, Follows.NO),
    /** A browser passes for the second factor from now on. */
    DEVICE_TRUSTED("mfa.device-trusted.v1", "DEVICE_TRUST", "", Follows.NO),
    /** One, or all of them, do so no more. */
    DEVICE_FORGOTTEN("mfa.device-forgotten.v1", "DEVICE_FORGET", "", Follows.NO),
    BACKUP_CODES_RENEWED("mfa.backup-codes-renewed.v1", "BACKUP_CODES_RENEW", "user_updated", Follows.YES),
    BACKUP_CODE_USED("mfa.backup-code-used.v1", "BACKUP_CODE_USE", "authn_login_success", Follows.YES),
    /** So many wrong codes in a row that none is accepted until a recovery. */
    SECOND_FACTOR_BLOCKED("mfa.blocked.v1", "MFA_BLOCKED", "authn_login_lock", Follows.YES),
    /** Two copies of a passkey seem to exist; it is refused from then on. */
    PASSKEY_SUSPECTED("mfa.passkey-suspected.v1", "PASSKEY_SUSPECTED", "", Follows.YES),
    RECOVERY_REQUESTED("mfa.recovery-requested.v1", "MFA_RECOVERY", "", Follows.YES),
    RECOVERY_APPROVED("mfa.recovery-approved.v1", "MFA_RECOVERY", "", Follows.NO),
    RECOVERY_CANCELLED("mfa.recovery-cancelled.v1", "MFA_RECOVERY", "", Follows.YES),
    RECOVERY_COMPLETED("mfa.recovery-completed.v1", "MFA_RECOVERY", "user_updated", Follows.YES),

    LOGGED_OUT("session.logged-out.v1", "LOGOUT", "authn_token_revoked", Follows.YES),
    LOGGED_OUT_EVERYWHERE("session.logged-out-everywhere.v1", "LOGOUT", "authn_token_revoked", Follows.YES),
    SESSION_REVOKED("session.revoked.v1", "SESSION_REVOKE", "authn_token_revoked", Follows.YES),
    SESSION_REVOKED_BY_ADMIN("session.revoked-by-admin.v1", "SESSION_REVOKE", "authn_token_revoked", Follows.YES),

    TOKEN_REFRESHED("token.refreshed.v1", "TOKEN_REFRESH", "authn_token_created", Follows.NO),
    REFRESH_REUSE_DETECTED("token.reuse-detected.v1", "TOKEN_REUSE", "authn_token_reuse", Outcome.FAILURE, Follows.YES),

    PASSWORD_CHANGED("password.changed.v1", "PASSWORD_CHANGE", "authn_password_change", Follows.YES),
    PASSWORD_CHANGE_FAILED(
            "password.change-failed.v1", "PASSWORD_CHANGE", "authn_password_change_fail", Outcome.FAILURE, Follows.NO),
    PASSWORD_RESET_REQUESTED("password.reset-requested.v1", "PASSWORD_RESET_REQUEST", "", Follows.NO),
    PASSWORD_RESET("password.reset.v1", "PASSWORD_RESET", "authn_password_change", Follows.YES),
    PASSWORD_RESET_FAILED(
            "password.reset-failed.v1", "PASSWORD_RESET", "authn_password_change_fail", Outcome.FAILURE, Follows.NO),
    /** "This wasn't me" in a security mail was pressed. */
    CHANGE_DISOWNED("password.change-disowned.v1", "CHANGE_DISOWNED", "", Follows.YES),
    BREACH_CHECK_UNAVAILABLE("password.breach-check-unavailable.v1", "BREACH_CHECK", "", Outcome.FAILURE, Follows.NO),

    SIGNING_KEY_CREATED("key.created.v1", "KEY_CREATE", "sensitive_create", Follows.NO),
    SIGNING_KEY_IMPORTED("key.imported.v1", "KEY_IMPORT", "sensitive_create", Follows.NO),
    SIGNING_KEY_ACTIVATED("key.activated.v1", "KEY_ACTIVATE", "sensitive_update", Follows.NO),
    SIGNING_KEY_RETIRED("key.retired.v1", "KEY_RETIRE", "sensitive_delete", Follows.NO),
    MASTER_KEY_CHANGED("key.master-changed.v1", "MASTER_KEY_CHANGE", "sensitive_update", Follows.NO),

    ACCESS_REFUSED("access.refused.v1", "ACCESS_REFUSED", "authz_fail", Outcome.FAILURE, Follows.NO),
    ADMIN_ADDRESS_REFUSED(
            "access.admin-address-refused.v1", "ACCESS_REFUSED", "authz_fail", Outcome.FAILURE, Follows.NO),
    /** An answer to a human check was wrong, late or used before. */
    HUMAN_CHECK_FAILED("access.human-check-failed.v1", "HUMAN_CHECK", "", Outcome.FAILURE, Follows.NO),
    /** A hosted human check could not be judged; recorded once a minute. */
    HUMAN_CHECK_UNAVAILABLE("access.human-check-unavailable.v1", "HUMAN_CHECK", "", Outcome.FAILURE, Follows.NO),
    /** Counted per minute and policy, not per request. */
    LIMIT_HIT("limit.hit.v1", "LIMIT_HIT", "excess_rate_limit_exceeded", Outcome.FAILURE, Follows.NO),

    CONFIGURATION_CHANGED("system.configuration-changed.v1", "CONFIG_CHANGE", "authz_admin", Follows.NO),
    /** An older state took the place of what was; all that was handed out since is void. */
    DATABASE_RESTORED("system.restored.v1", "RESTORE", "authz_admin", Follows.YES),
    COMMAND_RUN("system.command-run.v1", "COMMAND", "authz_admin", Follows.NO),
    AUDIT_EXPORTED("audit.exported.v1", "AUDIT_EXPORT", "sensitive_read", Follows.NO);

    private enum Follows {
        YES,
        NO
    }

    private static final Map<String, EventType> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(EventType::eventName, Function.identity()));

    private final String eventName;
    private final String action;
    private final String owaspName;
    private final Outcome outcome;
    private final boolean consequences;

    EventType(String eventName, String action, String owaspName, Follows follows) {
        this(eventName, action, owaspName, Outcome.SUCCESS, follows);
    }

    EventType(String eventName, String action, String owaspName, Outcome outcome, Follows follows) {
        this.eventName = eventName;
        this.action = action;
        this.owaspName = owaspName;
        this.outcome = outcome;
        this.consequences = follows == Follows.YES;
    }

    /** The type that a stored name means; empty for names of a newer server. */
    public static Optional<EventType> of(String eventName) {
        return Optional.ofNullable(BY_NAME.get(eventName));
    }

    /** Dotted and versioned, such as {@code login.succeeded.v1}. */
    public String eventName() {
        return eventName;
    }

    /** What a user's history calls it, such as {@code LOGIN}; several types may share one. */
    public String action() {
        return action;
    }

    /** In the OWASP Logging Vocabulary; empty where that has no name for it. */
    public String owaspName() {
        return owaspName;
    }

    /** What it usually means, and always where consequences follow. */
    public Outcome outcome() {
        return outcome;
    }

    /** Whether {@link Consequences} are called when it is recorded. */
    public boolean raisesConsequences() {
        return consequences;
    }
}
