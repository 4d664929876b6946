package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads tokens without any check, to look at what they say. */
final class Jwt {
    private Jwt() {}

    static JsonNode claims(String token) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
    }
}
