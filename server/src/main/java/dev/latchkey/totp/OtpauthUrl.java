package dev.latchkey.totp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What a QR code tells an authenticator app: {@code otpauth://totp/<issuer>:<account>?secret=…}. */
final class OtpauthUrl {
    // An app shows a line; a QR code of a longer one is hard to scan.
    private static final int LONGEST_ACCOUNT = 100;

    private OtpauthUrl() {}

    static String of(String issuer, String account, String secret, TotpAlgorithm algorithm, int digits) {
        return "otpauth://totp/" + label(issuer) + ":" + label(cut(account)) + "?secret=" + secret + "&issuer="
                + encoded(issuer) + "&algorithm=" + algorithm.name() + "&digits=" + digits + "&period="
                + TotpGenerator.STEP.toSeconds();
    }

    /** A colon separates issuer and account, and apps split at an escaped one too. */
    private static String label(String text) {
        return encoded(text.replace(':', ' ').strip());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String cut(String account) {
        return account.codePointCount(0, account.length()) <= LONGEST_ACCOUNT
                ? account
                : account.substring(0, account.offsetByCodePoints(0, LONGEST_ACCOUNT));
    }
}
