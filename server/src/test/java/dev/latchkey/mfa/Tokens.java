package dev.latchkey.mfa;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Looks into tokens. */
final class Tokens {
    private Tokens() {}

    /** The claims as they were signed. */
    static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8);
    }
}
