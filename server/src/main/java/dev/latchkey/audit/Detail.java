package dev.latchkey.audit;

/** The keys of {@link SecurityEvent#details()} that more than one event uses. Values never hold a secret, token or code. */
public final class Detail {
    /** Why something failed or was done, as a stable code such as {@code wrong_password}. */
    public static final String REASON = "reason";
    /** A session id. */
    public static final String SESSION = "session";
    /** A refresh family id. */
    public static final String FAMILY = "family";
    /** A client id. */
    public static final String CLIENT = "client";
    /** How somebody signed in, such as {@code password}. */
    public static final String METHOD = "method";
    /** A login name that belongs to nobody, only as {@link AuditService#nameHash}. */
    public static final String NAME_HASH = "nameHash";
    /** A signing key's id. */
    public static final String KEY = "key";
    /** The name of a limit policy. */
    public static final String POLICY = "policy";
    /** How many times. */
    public static final String COUNT = "count";
    /** How many backup codes still work. */
    public static final String LEFT = "left";
    /** A kind of second factor, such as {@code totp}. */
    public static final String FACTOR = "factor";
    /** What its user calls a factor. */
    public static final String FACTOR_NAME = "factorName";
    /** When something ends, as RFC 3339 text. */
    public static final String UNTIL = "until";
    /** Roles, separated by spaces, in code point order. */
    public static final String ROLES = "roles";
    /** A CLI command, without its arguments' values. */
    public static final String COMMAND = "command";
    /** The names of changed fields, separated by spaces; never their values. */
    public static final String FIELDS = "fields";

    /** The id of a second factor. */
    public static final String FACTOR_ID = "factorId";

    private Detail() {}
}
