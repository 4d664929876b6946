package dev.latchkey.key;

import dev.latchkey.http.Access;
import dev.latchkey.http.Mount;
import dev.latchkey.http.Reply;
import dev.latchkey.http.Request;

/** {@code GET /.well-known/jwks.json} and {@code GET /oauth2/jwks}: the public keys that verify our tokens. */
public final class KeyRoutes {
    /** Applications must have read a next key before it signs, so this stays far below {@code keys.publish-ahead}. */
    private static final String CACHING = "public, max-age=300";

    private final KeyService keys;

    public KeyRoutes(KeyService keys) {
        this.keys = keys;
    }

    /** @param root the mount of the paths at the root */
    public void mount(Mount root) {
        root.get("/.well-known/jwks.json", Access.anyone(), this::jwks)
                .summary("The public keys that verify tokens, as a JWK Set.")
                .unlimited();
        root.get("/oauth2/jwks", Access.anyone(), this::jwks)
                .summary("The public keys that verify tokens, as a JWK Set.")
                .unlimited();
    }

    private Reply jwks(Request request) {
        // Not application/jwk-set+json: many clients take JSON under its plain name only.
        return Reply.bytes("application/json", keys.jwks()).withHeader("Cache-Control", CACHING);
    }
}
