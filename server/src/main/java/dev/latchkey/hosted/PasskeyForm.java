package dev.latchkey.hosted;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.Sentence;
import dev.latchkey.http.Request;
import dev.latchkey.page.Pages;
import dev.latchkey.passkey.AuthenticationResponse;
import dev.latchkey.passkey.RegistrationResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the script put into a form: an authenticator's answer, field by field. */
final class PasskeyForm {
    /** The form's id, which complaints lead to. */
    static final String FIELD = "passkey";

    private static final int MOST_SESSION_ID = 128;
    private static final int MOST_TRANSPORTS = 8;
    private static final String TYPE = "public-key";

    private PasskeyForm() {}

    /** @throws Problem VALIDATION_ERROR */
    static String sessionId(Request request) {
        return request.form("sessionId")
                .filter(id -> !id.isBlank() && id.length() <= MOST_SESSION_ID)
                .orElseThrow(() -> Problem.of(ErrorCode.VALIDATION_ERROR, "no ceremony was named"));
    }

    /** @throws Problem VALIDATION_ERROR */
    static AuthenticationResponse assertion(Request request) {
        AuthenticationResponse.AssertionPart part = new AuthenticationResponse.AssertionPart(
                text(request, "clientDataJSON"),
                text(request, "authenticatorData"),
                text(request, "signature"),
                request.form("userHandle"));
        return new AuthenticationResponse(text(request, "id"), text(request, "rawId"), TYPE, part);
    }

    /** @throws Problem VALIDATION_ERROR */
    static RegistrationResponse attestation(Request request) {
        List<String> transports = request.form("transports").stream()
                .flatMap(names -> List.of(names.split(" ", MOST_TRANSPORTS)).stream())
                .filter(name -> !name.isBlank())
                .toList();
        RegistrationResponse.AttestationPart part = new RegistrationResponse.AttestationPart(
                text(request, "clientDataJSON"), text(request, "attestationObject"), Optional.of(transports));
        return new RegistrationResponse(
                text(request, "id"), text(request, "rawId"), TYPE, part, Optional.empty(), Optional.empty());
    }

    /**
     * The refusal as its reader understands it: fields that nobody sees are not what they did wrong.
     *
     * @param instead says it in their words
     */
    static Problem told(Problem refused, ErrorCode instead) {
        return refused.code() == ErrorCode.VALIDATION_ERROR
                ? Problem.of(ErrorCode.VALIDATION_ERROR, "not an authenticator's answer")
                        .message(new Sentence(instead.name(), instead.message(), Map.of()))
                : refused;
    }

    /** What a passkey is called that nobody gave a name and whose model is unknown, in the language of whoever makes it. */
    static String unnamed(Pages pages, Request request) {
        return pages.text(request.context().locale(), "passkey.unnamed", Map.of());
    }

    private static String text(Request request, String field) {
        return request.form(field).orElse("");
    }
}
