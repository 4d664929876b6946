package dev.latchkey.passkey;

import dev.latchkey.core.Validation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a browser answers to {@link CreationOptions}: {@code RegistrationResponseJSON} (WebAuthn section 5.1.1). Binary values are
 * base64url.
 */
public record RegistrationResponse(
        String id,
        String rawId,
        String type,
        AttestationPart response,
        Optional<String> authenticatorAttachment,
        Optional<ExtensionResults> clientExtensionResults) {
    public RegistrationResponse(
            @Nullable String id,
            @Nullable String rawId,
            @Nullable String type,
            @Nullable AttestationPart response,
            Optional<String> authenticatorAttachment,
            Optional<ExtensionResults> clientExtensionResults) {
        Validation check = new Validation();
        this.id = check.secret("id", id, Sizes.CREDENTIAL_ID);
        this.rawId = check.secret("rawId", rawId == null ? id : rawId, Sizes.CREDENTIAL_ID);
        this.type = check.text("type", type == null ? "public-key" : type, Sizes.WORD);
        check.require(response != null, "response", "required", "This field is required.");
        this.authenticatorAttachment =
                check.optionalText("authenticatorAttachment", authenticatorAttachment.orElse(null), Sizes.WORD);
        this.clientExtensionResults = clientExtensionResults;
        check.done();
        this.response = response == null ? new AttestationPart("-", "-", Optional.empty()) : response;
    }

    /** @param transports as the browser names them; unknown ones are kept */
    public record AttestationPart(String clientDataJSON, String attestationObject, Optional<List<String>> transports) {
        public AttestationPart(
                @Nullable String clientDataJSON,
                @Nullable String attestationObject,
                Optional<List<String>> transports) {
            Validation check = new Validation();
            this.clientDataJSON = check.secret("clientDataJSON", clientDataJSON, Sizes.CLIENT_DATA);
            this.attestationObject = check.secret("attestationObject", attestationObject, Sizes.ATTESTATION);
            this.transports = transports;
            check.done();
        }
    }

    /** The results of the extensions that were asked for. */
    public record ExtensionResults(Optional<CredentialProperties> credProps) {}

    /** @param rk whether the passkey can be found without a user name */
    public record CredentialProperties(Optional<Boolean> rk) {}
}
