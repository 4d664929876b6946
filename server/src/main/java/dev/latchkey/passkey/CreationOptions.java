package dev.latchkey.passkey;

import java.util.List;

/**
 * What a browser makes a passkey from: {@code PublicKeyCredentialCreationOptionsJSON} (WebAuthn section 5.1.8).
 *
 * @param challenge base64url
 * @param timeout milliseconds
 */
public record CreationOptions(
        RelyingParty rp,
        UserEntity user,
        String challenge,
        List<CredentialParameters> pubKeyCredParams,
        long timeout,
        List<CredentialDescriptor> excludeCredentials,
        AuthenticatorSelection authenticatorSelection,
        List<String> hints,
        String attestation,
        CreationExtensions extensions) {

    /** This service, to the authenticator. */
    public record RelyingParty(String id, String name) {}

    /** @param id the user handle, base64url */
    public record UserEntity(String id, String name, String displayName) {}

    /** @param alg the COSE number of an algorithm */
    public record CredentialParameters(String type, int alg) {}

    /** @param requireResidentKey the same for browsers of level 1 */
    public record AuthenticatorSelection(String residentKey, boolean requireResidentKey, String userVerification) {}

    /**
     * Extension inputs.
     *
     * @param credProps asks whether the passkey can be found without a user name
     * @param sessionId of the ceremony, for clients that keep nothing but the options; browsers ignore it
     */
    public record CreationExtensions(boolean credProps, String sessionId) {}
}
