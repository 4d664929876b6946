package dev.latchkey.login;

import java.util.List;

/**
 * The password was right and one proof more is needed. {@code userId}, {@code mfaToken} and {@code interimToken} are the same
 * opaque handle under the names that clients know; never a user's id.
 *
 * @param methods the proofs that will do, such as {@code totp} and {@code backup-code}
 * @param expiresIn seconds until the login has to begin anew
 */
public record ChallengeAnswer(
        boolean requiresMFA,
        boolean requires2FA,
        String userId,
        String mfaToken,
        String interimToken,
        List<String> methods,
        long expiresIn)
        implements LoginAnswer {
    static ChallengeAnswer of(LoginOutcome.Challenged challenged) {
        String handle = challenged.handle();
        List<String> methods = challenged.anyOf().stream()
                .map(Factor::method)
                .distinct()
                .sorted()
                .toList();
        return new ChallengeAnswer(true, true, handle, handle, handle, methods, Attempts.LIFETIME.toSeconds());
    }

    @Override
    public String toString() {
        return "ChallengeAnswer[redacted]";
    }
}
