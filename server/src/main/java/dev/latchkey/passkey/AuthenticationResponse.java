package dev.latchkey.passkey;

import dev.latchkey.core.Validation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a browser answers to {@link RequestOptions}: {@code AuthenticationResponseJSON} (WebAuthn section 5.1.1). Binary values
 * are base64url.
 */
public record AuthenticationResponse(String id, String rawId, String type, AssertionPart response) {
    public AuthenticationResponse(
            @Nullable String id, @Nullable String rawId, @Nullable String type, @Nullable AssertionPart response) {
        Validation check = new Validation();
        this.id = check.secret("id", id, Sizes.CREDENTIAL_ID);
        this.rawId = check.secret("rawId", rawId == null ? id : rawId, Sizes.CREDENTIAL_ID);
        this.type = check.text("type", type == null ? "public-key" : type, Sizes.WORD);
        check.require(response != null, "response", "required", "This field is required.");
        check.done();
        this.response = response == null ? new AssertionPart("-", "-", "-", Optional.empty()) : response;
    }

    /** @param userHandle whom the authenticator takes the user for; absent from authenticators that do not know */
    public record AssertionPart(
            String clientDataJSON, String authenticatorData, String signature, Optional<String> userHandle) {
        public AssertionPart(
                @Nullable String clientDataJSON,
                @Nullable String authenticatorData,
                @Nullable String signature,
                Optional<String> userHandle) {
            Validation check = new Validation();
            this.clientDataJSON = check.secret("clientDataJSON", clientDataJSON, Sizes.CLIENT_DATA);
            this.authenticatorData = check.secret("authenticatorData", authenticatorData, Sizes.AUTHENTICATOR_DATA);
            this.signature = check.secret("signature", signature, Sizes.SIGNATURE);
            this.userHandle = userHandle
                    .filter(handle -> !handle.isEmpty())
                    .map(handle -> check.secret("userHandle", handle, Sizes.USER_HANDLE));
            check.done();
        }
    }
}
