package dev.latchkey.passkey;

import java.util.List;

/**
 * What a browser asks an authenticator with: {@code PublicKeyCredentialRequestOptionsJSON} (WebAuthn section 5.1.10).
 *
 * @param challenge base64url
 * @param timeout milliseconds
 * @param allowCredentials empty lets the user choose among the passkeys they have here
 */
public record RequestOptions(
        String challenge,
        long timeout,
        String rpId,
        List<CredentialDescriptor> allowCredentials,
        String userVerification,
        List<String> hints,
        RequestExtensions extensions) {

    /** @param sessionId of the ceremony, for clients that keep nothing but the options; browsers ignore it */
    public record RequestExtensions(String sessionId) {}
}
