package dev.latchkey.totp;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** An authenticator app: knows nothing but what the QR code told it. */
public final class AuthenticatorApp {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final String label;
    private final Map<String, String> parameters = new HashMap<>();

    private AuthenticatorApp(String otpauthUrl) {
        URI url = URI.create(otpauthUrl);
        if (!url.getScheme().equals("otpauth") || !url.getHost().equals("totp")) {
            throw new IllegalArgumentException("not for an authenticator app");
        }
        this.label = url.getPath().substring(1);
        for (String parameter : url.getRawQuery().split("&")) {
            String[] pair = parameter.split("=", 2);
            parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
    }

    public static AuthenticatorApp scan(String otpauthUrl) {
        return new AuthenticatorApp(otpauthUrl);
    }

    /** What stands above the code, such as {@code Acme:ada@example.com}. */
    public String label() {
        return label;
    }

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The code shown at this time. */
    public String code(Instant at) {
        return new TotpGenerator(
                        TotpAlgorithm.valueOf(parameter("algorithm")), seed(), Integer.parseInt(parameter("digits")))
                .code(Math.floorDiv(at.getEpochSecond(), Long.parseLong(parameter("period"))));
    }

    private byte[] seed() {
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        int buffer = 0;
        int held = 0;
        for (char c : parameter("secret").toCharArray()) {
            buffer = (buffer << 5) | BASE32.indexOf(c);
            held += 5;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                seed.write(buffer >>> held);
            }
        }
        return seed.toByteArray();
    }
}
