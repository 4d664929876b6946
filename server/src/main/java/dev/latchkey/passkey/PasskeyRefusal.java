package dev.latchkey.passkey;

import java.util.Locale;

/** Why a ceremony was refused: for the audit and the log. People and clients get one message for all of them. */
public enum PasskeyRefusal {
    /** What the browser sent cannot be read. */
    MALFORMED,
    /** No such ceremony: never begun, expired, or used already. */
    NO_CEREMONY,
    /** Begun for another user. */
    OTHER_USER,
    /** Begun in another session or login attempt. */
    OTHER_BINDING,
    /** The client data is that of another kind of ceremony. */
    TYPE,
    CHALLENGE,
    ORIGIN,
    /** The page ran inside a frame of another origin. */
    CROSS_ORIGIN,
    RP_ID,
    /** Nobody touched the authenticator. */
    USER_PRESENCE,
    /** The authenticator did not verify the user where that is required. */
    USER_VERIFICATION,
    /** Said to be backed up though it cannot be. */
    BACKUP_STATE,
    /** Whether it can be backed up changed since its registration, which it never does. */
    BACKUP_ELIGIBILITY,
    /** A new key is missing from a registration, or present in an authentication. */
    ATTESTED_DATA,
    ALGORITHM,
    /** A key too short to trust. */
    WEAK_KEY,
    ATTESTATION_FORMAT,
    /** The authenticator's statement about the new key does not hold. */
    ATTESTATION_STATEMENT,
    /** The statement holds and nobody we trust vouches for it. */
    ATTESTATION_UNTRUSTED,
    /** A model that is not on the list of allowed ones. */
    AUTHENTICATOR_MODEL,
    /** A model whose keys or user verification are known to be broken. */
    MODEL_COMPROMISED,
    /** The configured list of models cannot be read, so nobody can say. */
    NO_METADATA,
    /** The credential's id differs between the places that name it, or is too long. */
    CREDENTIAL_ID,
    EXTENSIONS,
    /** Registered already, by whomever. */
    ALREADY_REGISTERED,
    TOO_MANY,
    /** Nobody's passkey, or not one of the user who is signing in. */
    UNKNOWN_PASSKEY,
    /** The authenticator names another user than the passkey's. */
    USER_HANDLE,
    SIGNATURE,
    /** The signature counter did not grow: two copies of the key seem to exist. */
    COUNTER,
    /** Refused since its counter once did not grow. */
    CLONE_SUSPECTED;

    /** As audit rows name it: lower case with dashes. */
    public String reason() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
