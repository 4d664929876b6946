package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.passkey.AuthenticationResponse;
import dev.latchkey.passkey.CreationOptions;
import dev.latchkey.passkey.RegistrationResponse;
import dev.latchkey.passkey.RequestOptions;
import dev.latchkey.passkey.SoftwareAuthenticator;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What the pages' script puts into a form, once it has the options and an authenticator answered them. */
final class PasskeyFields {
    private PasskeyFields() {}

    static Map<String, String> assertion(Browser browser, String form, SoftwareAuthenticator key) {
        Answer begun = begin(browser, form);
        AuthenticationResponse answer = key.get(read(begun, RequestOptions.class));
        Map<String, String> fields = fields(begun, answer.id());
        fields.put("clientDataJSON", answer.response().clientDataJSON());
        fields.put("authenticatorData", answer.response().authenticatorData());
        fields.put("signature", answer.response().signature());
        fields.put("userHandle", answer.response().userHandle().orElse(""));
        return fields;
    }

    static Map<String, String> attestation(Browser browser, String form, SoftwareAuthenticator key) {
        Answer begun = begin(browser, form);
        RegistrationResponse answer = key.create(read(begun, CreationOptions.class));
        Map<String, String> fields = fields(begun, answer.id());
        fields.put("clientDataJSON", answer.response().clientDataJSON());
        fields.put("attestationObject", answer.response().attestationObject());
        fields.put("transports", "internal hybrid");
        return fields;
    }

    /** The script asks beside the open page, which stays. */
    private static Answer begin(Browser browser, String form) {
        Answer begun = browser.ask(form + "/options", Map.of());
        assertThat(begun.status()).as(begun.body()).isEqualTo(200);
        return begun;
    }

    private static Map<String, String> fields(Answer begun, String id) {
        Map<String, String> fields = new HashMap<>();
        fields.put("sessionId", begun.text("/sessionId"));
        fields.put("id", id);
        fields.put("rawId", id);
        return fields;
    }

    private static <T> T read(Answer begun, Class<T> type) {
        return JsonMapper.shared().treeToValue(begun.data("/options"), type);
    }
}
