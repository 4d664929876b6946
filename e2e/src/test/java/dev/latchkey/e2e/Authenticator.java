package dev.latchkey.e2e;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;

/** An authenticator that the browser simulates, with a finger that is always right, or nobody at it. */
final class Authenticator {
    private final CDPSession browser;
    private final String id;

    Authenticator(CDPSession browser) {
        this.browser = browser;
        browser.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("ctap2Version", "ctap2_1");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject add = new JsonObject();
        add.add("options", options);
        id = browser.send("WebAuthn.addVirtualAuthenticator", add)
                .get("authenticatorId")
                .getAsString();
    }

    /** Whether whoever sits there touches it. */
    Authenticator touched(boolean present) {
        JsonObject set = named();
        set.addProperty("enabled", present);
        browser.send("WebAuthn.setAutomaticPresenceSimulation", set);
        return this;
    }

    /** Whether the finger is the right one. */
    Authenticator recognises(boolean owner) {
        JsonObject set = named();
        set.addProperty("isUserVerified", owner);
        browser.send("WebAuthn.setUserVerified", set);
        return this;
    }

    /** It is gone, with its passkeys. */
    void unplug() {
        browser.send("WebAuthn.removeVirtualAuthenticator", named());
    }

    int passkeys() {
        return browser.send("WebAuthn.getCredentials", named())
                .getAsJsonArray("credentials")
                .size();
    }

    private JsonObject named() {
        JsonObject named = new JsonObject();
        named.addProperty("authenticatorId", id);
        return named;
    }
}
