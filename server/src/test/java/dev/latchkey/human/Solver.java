package dev.latchkey.human;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Solves challenges as a client would, from what the answer says alone. */
final class Solver {
    private Solver() {}

    /** @param challenge {@code error.challenge} of an answer */
    static String solve(JsonNode challenge) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < challenge.at("/puzzles").asInt(); i++) {
            String prefix = challenge.at("/seed").asString() + ":" + i + ":";
            numbers.add(Long.toString(smallest(prefix, challenge.at("/bits").asInt())));
        }
        return challenge.at("/challenge").asString() + "~" + String.join(".", numbers);
    }

    private static long smallest(String prefix, int bits) {
        MessageDigest sha256 = sha256();
        long number = 0;
        while (true) {
            byte[] digest = sha256.digest((prefix + number).getBytes(StandardCharsets.US_ASCII));
            int first = ByteBuffer.wrap(digest).getInt();
            if (Integer.numberOfLeadingZeros(first) >= bits) {
                return number;
            }
            number++;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
