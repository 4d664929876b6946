package dev.latchkey.human;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Many small puzzles instead of a big one: the time that a solution takes then varies little. Solution <i>i</i> is a number
 * <i>n</i> so that SHA-256 of {@code seed:i:n} begins with enough zero bits.
 */
final class Puzzles {
    private static final int MOST_DIGITS = 15;

    private Puzzles() {}

    /**
     * Whether there is one right number for each puzzle; takes that many hashes at most.
     *
     * @param numbers decimal, separated by dots
     */
    static boolean solved(WorkChallenge challenge, String numbers) {
        if (numbers.length() > challenge.puzzles() * (MOST_DIGITS + 1)) {
            return false;
        }
        String[] solutions = numbers.split("\\.", -1);
        if (solutions.length != challenge.puzzles()) {
            return false;
        }
        MessageDigest sha256 = sha256();
        for (int i = 0; i < solutions.length; i++) {
            if (!isNumber(solutions[i]) || !solves(sha256, challenge, i, solutions[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean solves(MessageDigest sha256, WorkChallenge challenge, int puzzle, String number) {
        String text = challenge.seed() + ':' + puzzle + ':' + number;
        return leadingZeros(sha256.digest(text.getBytes(StandardCharsets.US_ASCII))) >= challenge.bits();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static int leadingZeros(byte[] digest) {
        int zeros = 0;
        for (byte part : digest) {
            int inPart = Integer.numberOfLeadingZeros(part & 0xFF) - (Integer.SIZE - Byte.SIZE);
            zeros += inPart;
            if (inPart < Byte.SIZE) {
                break;
            }
        }
        return zeros;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
