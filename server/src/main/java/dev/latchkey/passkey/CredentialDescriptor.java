package dev.latchkey.passkey;

import java.util.List;

/** Names one credential to a browser: {@code PublicKeyCredentialDescriptorJSON} (WebAuthn section 5.8.3). */
public record CredentialDescriptor(String type, String id, List<String> transports) {
    static CredentialDescriptor of(Passkey passkey) {
        return new CredentialDescriptor("public-key", passkey.credentialId(), passkey.transports());
    }
}
