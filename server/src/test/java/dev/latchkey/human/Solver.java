package dev.latchkey.human;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Solves challenges as a client would, from what the answer says alone. */
public final class Solver {
    private Solver() {}

    /** @param challenge {@code error.challenge} of an answer */
    static String solve(JsonNode challenge) {
        return solve(
                challenge.at("/challenge").asString(),
                challenge.at("/seed").asString(),
                challenge.at("/puzzles").asInt(),
                challenge.at("/bits").asInt());
    }

    /** The answer to a challenge whose parts stand on a page. */
    public static String solve(String challenge, String seed, int puzzles, int bits) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < puzzles; i++) {
            numbers.add(Long.toString(smallest(seed + ":" + i + ":", bits)));
        }
        return challenge + "~" + String.join(".", numbers);
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
