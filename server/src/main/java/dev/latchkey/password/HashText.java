package dev.latchkey.password;

import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The pieces that textual hashes are made of: fields between {@code $}, {@code name=value} lists, unpadded Base64. */
final class HashText {
    private static final int MOST_CHARACTERS = 1_024;

    private HashText() {}

    /** The fields between the dollar signs, exactly {@code count} of them. */
    static String[] fields(String text, int count) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("too long for a hash");
        }
        String[] fields = text.split("\\$", -1);
        if (fields.length != count) {
            throw new IllegalArgumentException("a hash of this kind has " + count + " fields");
        }
        return fields;
    }

    /** {@code m=19456,t=2,p=1} as a map. */
    static Map<String, Integer> numbers(String list) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String pair : list.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || numbers.put(pair.substring(0, equals), number(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("not a list of parameters");
            }
        }
        return numbers;
    }

    static int number(Map<String, Integer> numbers, String name) {
        Integer value = numbers.get(name);
        if (value == null) {
            throw new IllegalArgumentException("parameter " + name + " is missing");
        }
        return value;
    }

    static int number(String digits) {
        return Integer.parseUnsignedInt(digits, 10);
    }

    /** Base64 in either alphabet, with or without padding; {@code .} stands for {@code +} in what passlib wrote. */
    static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder()
                    .decode(base64.replace('.', '+').replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException("its Base64 is broken", broken);
        }
    }

    /** Hexadecimal, as Werkzeug writes digests. */
    static byte[] hex(String digits) {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException("its digest is not hexadecimal", broken);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
